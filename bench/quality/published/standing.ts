import { isLoss } from '../../../src/models/evaluation/protocols/protocol.ts'
import type { Goals, PublishedSet } from './published-set.ts'
import type { Row, RowFigure } from './row.ts'

/** A line of the table of one set: published by others, or made by us. */
export type Standing =
  | {
      readonly by: 'others'
      readonly model: string
      readonly figures: readonly Pick<RowFigure, 'metric' | 'value'>[]
      readonly source: string
    }
  | {
      readonly by: 'us'
      readonly model: string
      readonly figures: readonly RowFigure[]
      readonly row: Row
    }

export type AnySet = PublishedSet<unknown, unknown, unknown>

/** What the table of a set shows, in its order. */
export const metricsOf = ({ goals }: AnySet): readonly string[] => Object.keys(goals.reach)

/** All lines of a set, the best last, by its first metric. */
export function standings(set: AnySet, rows: readonly Row[]): readonly Standing[] {
  const metric = metricsOf(set)[0]!
  const others = set.figures.map(
    ({ model, values, source }): Standing => ({
      ...{ by: 'others', model, source },
      figures: Object.entries(values).map(([name, value]) => ({ metric: name, value })),
    }),
  )
  const ours = rows
    .filter((row) => row.set === set.name)
    .map((row): Standing => ({ by: 'us', model: row.model, figures: row.figures, row }))
  const worth = ({ figures }: Standing): number => {
    const value = figures.find((figure) => figure.metric === metric)?.value ?? Number.NaN
    return isLoss(metric) ? -value : value
  }
  return [...others, ...ours].sort((one, other) => worth(one) - worth(other))
}

/** How our best row of each metric stands to what was set out for. */
export function gaps(set: AnySet, rows: readonly Row[]): readonly string[] {
  const ours = rows.filter((row) => row.set === set.name)
  return metricsOf(set).flatMap((metric) => {
    const sign = isLoss(metric) ? -1 : 1
    const found = ours.flatMap(({ model, figures }) =>
      figures.filter((figure) => figure.metric === metric).map(({ value }) => ({ model, value })),
    )
    if (found.length === 0) return []
    const best = found.reduce((a, b) => (sign * b.value > sign * a.value ? b : a))
    const told = (['reach', 'beat', 'stretch'] as const).map((goal: keyof Goals) => {
      const wanted = set.goals[goal][metric]!
      const gap = sign * (best.value - wanted)
      const short = gap < 0 ? `missed by ${(-gap).toFixed(4)}` : 'kept'
      return `${goal} ${wanted}: ${short}`
    })
    return [`${metric} ${best.value.toFixed(4)} (${best.model}); ${told.join(', ')}`]
  })
}
