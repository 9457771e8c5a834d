import { type MetricsView, measuresMax, stepOf } from '../../route/metrics-view.ts'
import type { Catalogue, Measure } from '../../state/api.ts'

/** What the metrics screen asks the server, made of what its address says. */
export interface MetricsQuestion {
  readonly measures: readonly Measure[]
  readonly by: readonly string[]
  readonly from: string
  readonly to: string
  readonly stepMs: number
  readonly where: { dimension: string; in: string[] }[]
}

/** What is shown where the address names nothing. */
const usual = ['impressions', 'clicks', 'ctr', 'users']

/** The measures of a view; the usual ones where it names none that this server knows. */
export function measuresOf(view: MetricsView, catalogue: Catalogue): readonly Measure[] {
  const names = view.measures.length > 0 ? view.measures : usual
  const there = names.flatMap(
    (name) => catalogue.measures.find((measure) => measure.name === name) ?? [],
  )
  return there.length > 0 ? there : catalogue.measures.slice(0, measuresMax)
}

/** Whether a measure has a dimension: by its name, or by one that stands for many (`item.*`). */
export const has = ({ dimensions }: Pick<Measure, 'dimensions'>, name: string): boolean =>
  dimensions.some((one) =>
    one.endsWith('*') ? name.startsWith(one.slice(0, -1)) && name !== one : one === name,
  )

export function questionOf(view: MetricsView, catalogue: Catalogue, now: number): MetricsQuestion {
  const { span } = view
  const [from, to] = 'from' in span ? [span.from, span.to] : [now - span.lastMs, now]
  return {
    measures: measuresOf(view, catalogue),
    by: view.by,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepMs: view.stepMs > 0 ? view.stepMs : stepOf(to - from),
    where: view.where.map(({ dimension, values }) => ({ dimension, in: [...values] })),
  }
}
