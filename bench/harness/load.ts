import autocannon from 'autocannon'
import { answering } from './child.ts'
import { type Crowd, eventBatch, eventsPerBatch } from './event-batch.ts'

/** Asks an address over so many connections: as fast as it answers, unless told. */
export interface Load extends Crowd {
  readonly address: string
  readonly connectionCount: number
  readonly seconds: number
  readonly what: 'feeds' | 'events'
  /** Requests per second, over all connections. */
  readonly rate?: number
}

export interface Loaded {
  readonly requestCount: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers other than 2xx, and connections that broke. */
  readonly failureCount: number
}

let next = 0

answering(async (load: Load): Promise<Loaded> => {
  const result = await autocannon({
    url: load.address,
    connections: load.connectionCount,
    duration: load.seconds,
    ...(load.rate !== undefined && { overallRate: load.rate }),
    requests: [{ setupRequest: (request) => ({ ...request, ...asked(load) }) }],
  })
  return {
    requestCount: result.requests.total,
    perSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failureCount: result.non2xx + result.errors,
  }
})

function asked(load: Load): autocannon.Request {
  if (load.what === 'events') {
    const body = eventBatch(next, load)
    next += eventsPerBatch
    return { method: 'POST', path: '/v1/events', headers: json, body }
  }
  // In turns: every user's queue gets shorter at the same pace.
  return {
    method: 'GET',
    path: `/v1/scenes/home/feed?user=user-${next++ % load.userCount}&size=10`,
  }
}

const json = { 'content-type': 'application/json' }
