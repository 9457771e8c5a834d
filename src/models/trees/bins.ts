/**
 * How the values of one feature are told apart: bin 0 holds what is missing, bin 1 + k what is
 * above `cuts[k - 1]` and at most `cuts[k]`, the last one all above. Ascending, at most 254.
 */
export type Cuts = Float32Array

export const cutsMost = 254

/** Rows that are looked at for the cuts: more of them would move no cut by much. */
const sampleMost = 100_000

/** Cuts between the values that come, or between equal shares of the rows where they are many. */
export function cutsOf(column: Float32Array, most = cutsMost): Cuts {
  const step = Math.max(1, Math.ceil(column.length / sampleMost))
  const values = column.filter((value, row) => row % step === 0 && !Number.isNaN(value)).sort()
  const cuts: number[] = []
  const share = values.length / (most + 1)
  const distinct = countDistinct(values, most + 2)
  let due = share
  for (let place = 1; place < values.length; place++) {
    const [below, above] = [values[place - 1]!, values[place]!]
    if (below === above || (distinct > most + 1 && place < due)) continue
    cuts.push(between(below, above))
    while (due <= place) due += share
  }
  return Float32Array.from(cuts)
}

function countDistinct(sorted: Float32Array, most: number): number {
  let count = sorted.length === 0 ? 0 : 1
  for (let place = 1; place < sorted.length && count < most; place++) {
    if (sorted[place] !== sorted[place - 1]) count++
  }
  return count
}

/** At least `below` and less than `above`, in single precision. */
function between(below: number, above: number): number {
  const middle = Math.fround(below / 2 + above / 2)
  return middle >= below && middle < above ? middle : below
}

export function binOf(cuts: Cuts, value: number): number {
  if (Number.isNaN(value)) return 0
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= cuts[middle]!) high = middle
    else low = middle + 1
  }
  return 1 + low
}
