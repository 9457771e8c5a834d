import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Engine, Page, Tracked } from '../engine/engine.ts'
import type { StreamView } from '../engine/views/streams.ts'
import type { Handlers } from './handler.ts'

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

export function createMetrics(engine: Pick<Engine, 'streams'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU, garbage collection, and by how much the event loop was late.
  collectDefaultMetrics({ register: registry })
  streamGauges(engine, registers)
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
  const requestsOf = labelled(requests)
  const pagesOf = labelled(feedItems)
  return {
    requested: (route, status, durationMs) =>
      requestsOf(`${status} ${route}`, { route, status }).observe(durationMs / 1000),
    served: ({ scene, delivery, items, degraded: rung }) => {
      pagesOf(`${delivery} ${scene}`, { scene, delivery }).observe(items.length)
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

/** A histogram by its labels, which are put in order and hashed once, not for each value. */
function labelled<Label extends string>(histogram: Histogram<Label>) {
  const known = new Map<string, Histogram.Internal<Label>>()
  return (name: string, labels: Readonly<Record<Label, string>>): Histogram.Internal<Label> => {
    let own = known.get(name)
    if (own === undefined) known.set(name, (own = histogram.labels(labels)))
    return own
  }
}

/** How far whoever follows the log is behind, looked up when Prometheus asks. */
function streamGauges(engine: Pick<Engine, 'streams'>, registers: Registry[]): void {
  // Each asks for itself: they are read side by side, and one would tell what the other had found
  // the time before.
  const gauge = (name: string, help: string, read: (stream: StreamView) => number): void => {
    new Gauge({
      ...{ name, help, labelNames: ['group'], registers },
      async collect() {
        // Without an answer there is none: the other numbers matter more when something is wrong.
        const streams = await engine.streams().catch(() => [])
        this.reset()
        for (const stream of streams) this.set({ group: stream.group }, read(stream))
      },
    })
  }
  gauge('starling_stream_lag_events', 'Events of the log that are not taken yet.', ({ lag }) => lag)
  gauge(
    'starling_stream_lag_seconds',
    'Age of the oldest event that is not taken yet.',
    ({ lagMs }) => lagMs / 1_000,
  )
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
