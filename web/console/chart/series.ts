import type { Numbers, Unit } from '../state/api.ts'

/** Lines over one axis of time: what a chart draws. */
export interface Lines {
  /** Beginnings of the steps, in ms, one apart. */
  readonly times: readonly number[]
  readonly lines: readonly Line[]
}

export interface Line {
  /** The slice it belongs to, spelled as one text. */
  readonly key: string
  readonly name: string
  /** One per time; null where there is none. */
  readonly values: readonly (number | null)[]
}

/** What a slice is called; a value that is empty has a name too. */
export const sliceName = (slice: readonly string[]): string =>
  slice.length === 0 ? 'all' : slice.map((value) => (value === '' ? '(none)' : value)).join(' · ')

export const sliceKey = (slice: readonly string[]): string => JSON.stringify(slice)

export interface LinesWanted {
  /** Which of the values of a row. */
  readonly measure: number
  readonly unit: Unit
  readonly stepMs: number
  /** Which slices, in which order; those that the answer has unless told. */
  readonly slices?: readonly (readonly string[])[]
}

/**
 * The lines of an answer in steps. A step in which nothing was counted counts 0; where a share or a
 * mean has nothing to stand on, there is a gap. The last step is left out until it is over, since
 * half a step looks like a fall.
 */
export function linesOf(
  answer: Pick<Numbers, 'from' | 'to' | 'rows' | 'through'>,
  wanted: LinesWanted,
): Lines {
  const { measure, unit, stepMs } = wanted
  const rows = answer.rows.flatMap(({ at, slice, values }) =>
    at === undefined ? [] : [{ at: Date.parse(at), slice, value: numberOf(values[measure]) }],
  )
  const times = timesOf(answer, rows, stepMs)
  const places = new Map(times.map((time, place) => [time, place]))
  const empty = unit === 'count' ? 0 : null
  const known = new Map<string, { name: string; values: (number | null)[] }>()
  const lineOf = (slice: readonly string[]) => {
    const key = sliceKey(slice)
    const line = known.get(key) ?? {
      name: sliceName(slice),
      values: times.map((): number | null => empty),
    }
    known.set(key, line)
    return line
  }
  for (const slice of wanted.slices ?? []) lineOf(slice)
  for (const { at, slice, value } of rows) {
    if (wanted.slices !== undefined && !known.has(sliceKey(slice))) continue
    const { values } = lineOf(slice)
    const place = places.get(at)
    if (place !== undefined) values[place] = value ?? empty
  }
  return { times, lines: [...known].map(([key, line]) => ({ key, ...line })) }
}

function timesOf(
  { from, to, through }: Pick<Numbers, 'from' | 'to' | 'through'>,
  rows: readonly { readonly at: number }[],
  stepMs: number,
): readonly number[] {
  const ended = Math.min(Date.parse(to), through === undefined ? Infinity : Date.parse(through))
  // Steps begin where the server has them begin; one row tells the rest.
  const anchor = rows[0]?.at ?? Math.floor(Date.parse(from) / stepMs) * stepMs
  const first = anchor - Math.floor((anchor - Date.parse(from)) / stepMs) * stepMs
  const count = Math.max(0, Math.floor((ended - first) / stepMs))
  const regular = Array.from({ length: Math.min(count, 2_000) }, (_, step) => first + step * stepMs)
  const isRegular = rows.every(({ at }) => (at - anchor) % stepMs === 0)
  // Weeks and months may be of the calendar; then only those that are told are known.
  return isRegular ? regular : [...new Set(rows.map(({ at }) => at))].sort((a, b) => a - b)
}

export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** The last number of a line. */
export const lastOf = (values: readonly (number | null)[]): number | undefined =>
  values.findLast((value) => value !== null) ?? undefined

/** The mean of the numbers of a line; undefined where it has none. */
export function meanOf(values: readonly (number | null)[]): number | undefined {
  const numbers = values.filter((value) => value !== null)
  return numbers.length === 0 ? undefined : numbers.reduce((sum, n) => sum + n, 0) / numbers.length
}
