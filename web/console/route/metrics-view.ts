/** What the metrics screen shows: all of it stands in the address, to be linked and come back. */
export interface MetricsView {
  /** Empty: the usual ones. */
  readonly measures: readonly string[]
  readonly by: readonly string[]
  readonly where: readonly Slice[]
  readonly span: Span
  /** The length of a step; 0 where the span decides. */
  readonly stepMs: number
}

/** Only what has one of these values in a dimension. */
export interface Slice {
  readonly dimension: string
  readonly values: readonly string[]
}

/** The last so many ms up to now, or from one moment to another. */
export type Span = { readonly lastMs: number } | { readonly from: number; readonly to: number }

export const spans: readonly (readonly [name: string, lastMs: number])[] = [
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['6h', 21_600_000],
  ['1d', 86_400_000],
  ['7d', 604_800_000],
  ['30d', 2_592_000_000],
]

export const measuresMax = 6
export const dimensionsMax = 3
const usualSpan: Span = { lastMs: 3_600_000 }

/** The query of an address, with its question mark; empty where everything is as usual. */
export function metricsAddress(view: Partial<MetricsView>): string {
  const { measures = [], by = [], where = [], span = usualSpan, stepMs = 0 } = view
  const asked = new URLSearchParams()
  for (const name of measures) asked.append('show', name)
  for (const name of by) asked.append('by', name)
  for (const { dimension, values } of where) {
    for (const value of values) asked.append(`where.${dimension}`, value)
  }
  if ('from' in span) {
    asked.set('from', String(span.from))
    asked.set('to', String(span.to))
  } else if ('lastMs' in usualSpan && span.lastMs !== usualSpan.lastMs) {
    asked.set('last', spans.find(([, ms]) => ms === span.lastMs)?.[0] ?? String(span.lastMs))
  }
  if (stepMs > 0) asked.set('step', String(stepMs))
  const text = asked.toString()
  return text === '' ? '' : `?${text}`
}

export function readMetricsView(asked: URLSearchParams): MetricsView {
  const names = (key: string, most: number) => [...new Set(asked.getAll(key))].slice(0, most)
  const dimensions = [...new Set(asked.keys())].filter((key) => key.startsWith('where.'))
  const stepMs = Math.round(Number(asked.get('step') ?? 0))
  return {
    measures: names('show', measuresMax),
    by: names('by', dimensionsMax),
    where: dimensions.slice(0, 10).map((key) => ({
      dimension: key.slice('where.'.length),
      values: names(key, 100),
    })),
    span: readSpan(asked),
    stepMs: stepMs >= 1_000 ? Math.min(stepMs, 2_678_400_000) : 0,
  }
}

function readSpan(asked: URLSearchParams): Span {
  const [from, to] = [Number(asked.get('from') ?? Number.NaN), Number(asked.get('to'))]
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return { from, to }
  const last = asked.get('last') ?? ''
  const lastMs = spans.find(([name]) => name === last)?.[1] ?? Number(last)
  return lastMs >= 1_000 && Number.isFinite(lastMs) ? { lastMs } : usualSpan
}

/** The view within a slice: what was sliced by is told now, and no longer needs slicing. */
export function drillInto(view: MetricsView, slice: readonly string[]): MetricsView {
  const within = view.by.map((dimension, place) => ({ dimension, values: [slice[place] ?? ''] }))
  const others = view.where.filter(({ dimension }) => !view.by.includes(dimension))
  return { ...view, by: [], where: [...others, ...within] }
}

/** The view without what the slices after the first `count` leave out. */
export const withSlices = (view: MetricsView, count: number): MetricsView => ({
  ...view,
  where: view.where.slice(0, count),
})

/** With a name put in, or taken out where it is there; the first goes where there are too many. */
export function toggled(names: readonly string[], name: string, most: number): readonly string[] {
  if (names.includes(name)) return names.filter((other) => other !== name)
  return [...names, name].slice(-most)
}

/** Lengths that a step may have: those that divide hours and days. */
const steps = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200],
  ...[86_400, 604_800],
].map((seconds) => seconds * 1_000)

/** The step at which a span has some hundred points. */
export function stepOf(spanMs: number, pointsMax = 120): number {
  return steps.find((stepMs) => spanMs / stepMs <= pointsMax) ?? 2_678_400_000
}
