import type { Engine } from '../../engine/engine.ts'
import { invalid } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ActionEvent } from '../../events/event.ts'

type Metrics = Pick<Engine, 'describeMetrics' | 'queryMetrics' | 'sourceReport'>

const slicesBy: Readonly<Record<string, (event: ActionEvent) => string>> = {
  action: ({ action }) => action,
  user: ({ user }) => user,
  item: ({ item = '' }) => item,
}

const weekMs = 7 * 86_400_000

/** The epoch was a Thursday. */
function startOfWeek(at: number): number {
  return at - ((at - 4 * 86_400_000) % weekMs)
}

const shares = [
  { source: 'popular', impressions: 1_234, successes: 12, shareOfSuccess: 0.8, rate: 12 / 1_234 },
  { source: 'random', impressions: 10, successes: 1, shareOfSuccess: 0.2, rate: 0.1 },
]

/** The part of the engine double that counts actions, by what they say. Its sources are made up. */
export function metricsDouble(events: ReadonlyMap<string, ActionEvent>, clock: Clock): Metrics {
  const dimensions = Object.keys(slicesBy)
  return {
    describeMetrics: async () => ({
      measures: [{ name: 'actions', unit: 'count', description: 'Actions.', dimensions }],
      dimensions: dimensions.map((name) => ({ name, description: `The ${name}.` })),
    }),
    async queryMetrics({ measures, by = [], from = 0, to = clock.now() + 1, size = 50 }) {
      if (measures.some((name) => name !== 'actions')) throw invalid('measures', 'must be actions')
      const stray = by.find((name) => !dimensions.includes(name))
      if (stray !== undefined) throw invalid('by', `must be of ${dimensions.join(', ')}`)
      const counts = new Map<string, { slice: readonly string[]; count: number }>()
      for (const event of events.values()) {
        if (event.at < from || event.at >= to) continue
        const slice = by.map((name) => slicesBy[name]!(event))
        const key = JSON.stringify(slice)
        counts.set(key, { slice, count: (counts.get(key)?.count ?? 0) + 1 })
      }
      const rows = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, size)
      return {
        ...{ from, to, through: clock.now() },
        rows: rows.map(({ slice, count }) => ({ slice, values: measures.map(() => count) })),
      }
    },
    async sourceReport({ weeks = 8 }) {
      const monday = startOfWeek(clock.now())
      const before = Array.from({ length: weeks - 1 }, (_, place) => ({
        ...{ from: monday - (weeks - 1 - place) * weekMs, sources: [] },
      }))
      return { weeks: [...before, { from: monday, sources: shares, weakest: 'random' }] }
    },
  }
}
