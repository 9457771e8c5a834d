import { manualClock } from '../../events/clock.ts'
import { defaultSignals } from '../../events/signals.ts'
import { type MadeUpLake, type MadeUpRow, madeUpLake } from './made-up-lake.suite.ts'
import { metricsOver } from './metrics.ts'
import type { MetricsRequest } from './question.ts'

/** A Wednesday. */
export const day = Date.UTC(2026, 6, 1)
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

export async function world(now = day + dayMs) {
  const lake = await madeUpLake(now - 5_000)
  const clock = manualClock(now)
  const metrics = metricsOver({
    ...{ reader: lake, clock, kindAttribute: 'genres' },
    signals: () => defaultSignals,
  })
  const ask = async (request: MetricsRequest) => {
    const { rows } = await metrics.queryMetrics({ from: day, to: day + dayMs, ...request })
    return rows.map(({ at, slice, values }) => [
      ...(at === undefined ? [] : [at - day]),
      ...slice,
      ...values,
    ])
  }
  return { lake, clock, metrics, ask, [Symbol.dispose]: () => lake[Symbol.dispose]() }
}

/** The log is in the order of time, and within a minute in that of the test. */
let offset = 0
export const offsetAt = (minute: number): number => minute * 1_000 + (offset++ % 1_000)
export const action = (
  [minute, action, user, item]: readonly [number, string, string, string],
  rest: MadeUpRow = {},
): MadeUpRow => ({
  ...{ at: day + minute * 60_000, action, user, item, scene: 'home', channel: '' },
  ...{ offset: offsetAt(minute), ...rest },
})

/** A page and its slots. */
export async function serve(
  lake: MadeUpLake,
  [minute, request, user]: readonly [number, string, string],
  items: readonly string[],
  rest: MadeUpRow = {},
): Promise<void> {
  const page = {
    ...{ at: day + minute * 60_000, request, user, scene: 'home', channel: '', recipe: 'mixed' },
    ...{ delivery: 'now', repeatable: false, size: items.length, ...rest },
    ...{ offset: offsetAt(minute) },
  }
  await lake.put('pages', [page])
  await lake.put(
    'slots',
    items.map((item, position) => ({ sources: ['trending'], ...page, item, position })),
  )
}

export const putItems = (lake: MadeUpLake, attributes: Readonly<Record<string, unknown>>) =>
  lake.put(
    'items',
    Object.entries(attributes).map(([item, each]) => ({
      ...{ at: day - dayMs, item, withdrawn: false, attributes: each, offset: offset++ },
    })),
  )
