import type { NumberForm } from '../declaration.ts'

/** A number by the steps of its form, but for what is learned; rounded only where it is stored. */
export function stepped(form: NumberForm): (value: number) => number {
  const { absent = 0, clip, log, decimals, scale } = form
  const factor = 10 ** (decimals ?? 0)
  return (value) => {
    let number = Number.isFinite(value) ? value : absent
    if (clip !== undefined) number = Math.max(clip[0], Math.min(clip[1], number))
    if (log) number = number < 0 ? -Math.log1p(-number) : Math.log1p(number)
    if (decimals !== undefined) number = Math.round(number * factor) / factor
    if (scale !== undefined) number = (number - scale[0]) / scale[1]
    // Minus zero and zero are one value, and should be the same bytes.
    return number + 0
  }
}

/** 0 where there is no value, else 1 + how many bounds, which ascend, are at or below it. */
export function bucketOf(bounds: readonly number[], value: number): number {
  if (Number.isNaN(value)) return 0
  let [least, most] = [0, bounds.length]
  while (least < most) {
    const middle = (least + most) >> 1
    if (bounds[middle]! <= value) least = middle + 1
    else most = middle
  }
  return 1 + least
}
