import { invalid } from '../../error.ts'
import type { Random } from '../../kernel/random.ts'

/** What a setting may be: where a search looks for it, and how densely. */
export type Dimension =
  /** Any number of a range, each alike; or alike by its order of magnitude. */
  | { readonly kind: 'uniform' | 'log-uniform'; readonly low: number; readonly high: number }
  /** A whole number of a range, both ends included. */
  | {
      readonly kind: 'integer'
      readonly low: number
      readonly high: number
      readonly log?: boolean
    }
  /** One of some values, in no order. */
  | { readonly kind: 'choice'; readonly values: readonly SettingValue[] }

export type SettingValue = number | string | boolean

/** Names of settings, and what each may be. Plain JSON, so that it can stand beside a result. */
export type Space = Readonly<Record<string, Dimension>>

/** One point of a space. */
export type Settings = Readonly<Record<string, SettingValue>>

export const uniform = (low: number, high: number): Dimension => ({ kind: 'uniform', low, high })
export const logUniform = (low: number, high: number): Dimension => ({
  ...{ kind: 'log-uniform', low, high },
})
export const integer = (low: number, high: number): Dimension => ({ kind: 'integer', low, high })
export const logInteger = (low: number, high: number): Dimension => ({
  ...{ kind: 'integer', low, high, log: true },
})
export const choice = (...values: readonly SettingValue[]): Dimension => ({
  ...{ kind: 'choice', values },
})

/** Throws `invalid_argument` for ranges that hold nothing, or have no logarithm. */
export function checkSpace(space: Space): void {
  for (const [name, dimension] of Object.entries(space)) {
    if (dimension.kind === 'choice') {
      if (dimension.values.length === 0) throw invalid(name, 'must have a value to choose')
      if (new Set(dimension.values).size < dimension.values.length)
        throw invalid(name, 'names a value twice')
      continue
    }
    const { low, high } = dimension
    if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
      throw invalid(name, `from ${low} to ${high} is no range: low must be < high`)
    const isWhole = Number.isInteger(low) && Number.isInteger(high)
    if (dimension.kind === 'integer' && !isWhole)
      throw invalid(name, `from ${low} to ${high} must be between whole numbers`)
    if (isLog(dimension) && !(low > 0))
      throw invalid(name, `from ${low} must begin above 0 to be searched by magnitude`)
  }
}

type Range = Exclude<Dimension, { readonly kind: 'choice' }>

function isLog(range: Range): boolean {
  return range.kind === 'log-uniform' || (range.kind === 'integer' && range.log === true)
}

/** The ends of a range on a line where its numbers lie evenly, half a step more for whole ones. */
function ends(range: Range): readonly [low: number, high: number] {
  const edge = range.kind === 'integer' ? 0.5 : 0
  const [low, high] = [range.low - edge, range.high + edge]
  return isLog(range) ? [Math.log(low), Math.log(high)] : [low, high]
}

/** Where a value lies in its range, in [0, 1]. */
export function placeOf(range: Range, value: number): number {
  const [low, high] = ends(range)
  return ((isLog(range) ? Math.log(value) : value) - low) / (high - low)
}

/** The value that lies at a place in [0, 1]. */
export function valueAt(range: Range, place: number): number {
  const [low, high] = ends(range)
  const raw = low + place * (high - low)
  const value = isLog(range) ? Math.exp(raw) : raw
  const whole = range.kind === 'integer' ? Math.round(value) : value
  return Math.min(range.high, Math.max(range.low, whole))
}

/** Any point of the space, by chance alone (Bergstra and Bengio 2012). */
export function anyOf(space: Space, random: Random): Settings {
  return pointOf(space, (dimension) =>
    dimension.kind === 'choice'
      ? dimension.values[random.below(dimension.values.length)]!
      : valueAt(dimension, random.next()),
  )
}

export function pointOf(
  space: Space,
  valueFor: (dimension: Dimension, name: string) => SettingValue,
): Settings {
  const entries = Object.entries(space)
  return Object.fromEntries(entries.map(([name, dimension]) => [name, valueFor(dimension, name)]))
}
