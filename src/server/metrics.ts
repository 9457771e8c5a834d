import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Page, Tracked } from '../engine/engine.ts'
import type { Handlers } from './handlers.ts'

/** What the server counts, for Prometheus. Each server has a registry of its own. */
export interface Metrics {
  /** `route` is the described path or the gRPC method, never what a caller typed. */
  requested(route: string, status: string, durationMs: number): void
  served(page: Page): void
  tracked(outcome: Tracked): void
  readonly contentType: string
  text(): Promise<string>
}

const secondBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU, garbage collection, and by how much the event loop was late.
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'starling_request_duration_seconds',
    help: 'Time from the request to its answer.',
    labelNames: ['route', 'status'],
    buckets: secondBuckets,
    registers,
  })
  const feedItems = new Histogram({
    name: 'starling_feed_items',
    help: 'Items on a page.',
    labelNames: ['scene', 'delivery'],
    buckets: [0, 1, 5, 10, 20, 50, 100],
    registers,
  })
  const degraded = new Counter({
    name: 'starling_feed_degraded_total',
    help: 'Pages that stand on a lower rung of the ladder.',
    labelNames: ['scene'],
    registers,
  })
  const events = new Counter({
    name: 'starling_events_total',
    help: 'Events that came in, by what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  return {
    requested: (route, status, durationMs) =>
      requests.observe({ route, status }, durationMs / 1000),
    served: ({ scene, delivery, items, degraded: rung }) => {
      feedItems.observe({ scene, delivery }, items.length)
      if (rung !== undefined) degraded.inc({ scene })
    },
    tracked: ({ accepted, duplicates, rejected }) => {
      events.inc({ outcome: 'accepted' }, accepted)
      events.inc({ outcome: 'duplicate' }, duplicates)
      for (const { code } of rejected) events.inc({ outcome: code })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

/** The same handlers, with pages and events counted on the way out. */
export function metered(handlers: Handlers, metrics: Metrics): Handlers {
  const counted = <P extends Page>(page: P): P => {
    metrics.served(page)
    return page
  }
  return {
    ...handlers,
    feed: async (input, caller) => counted(await handlers.feed(input, caller)),
    similar: async (input, caller) => counted(await handlers.similar(input, caller)),
    track: async (input, caller) => {
      const outcome = await handlers.track(input, caller)
      metrics.tracked(outcome)
      return outcome
    },
  }
}
