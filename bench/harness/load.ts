import autocannon from 'autocannon'
import { answering } from './child.ts'

/** Asks an address as fast as it answers, over so many connections. */
export interface Load {
  readonly address: string
  readonly connectionCount: number
  readonly seconds: number
  readonly what: 'feeds' | 'events'
  readonly userCount: number
  readonly itemCount: number
}

export interface Loaded {
  readonly requestCount: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers other than 2xx, and connections that broke. */
  readonly failureCount: number
}

const eventsPerBatch = 100

let next = 0

answering(async (load: Load): Promise<Loaded> => {
  const result = await autocannon({
    url: load.address,
    connections: load.connectionCount,
    duration: load.seconds,
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
    const body = eventBatch(load)
    return { method: 'POST', path: '/v1/events', headers: json, body }
  }
  // In turns: every user's queue gets shorter at the same pace.
  return { method: 'GET', path: `/v1/scenes/home/feed?user=user-${next++ % load.userCount}&size=10` }
}

const json = { 'content-type': 'application/json' }

/** Events that differ in id, user and item: put together as text, so that this process is no brake. */
export function eventBatch({ userCount, itemCount }: Pick<Load, 'userCount' | 'itemCount'>): string {
  const events: string[] = []
  for (let index = 0; index < eventsPerBatch; index++) {
    const number = next++
    const [user, item] = [(number * 7_919) % userCount, (number * 104_729) % itemCount]
    events.push(
      `{"id":"load-${process.pid}-${number}","type":"click","user":"user-${user}","item":"item-${item}","scene":"home"}`,
    )
  }
  return `{"events":[${events.join(',')}]}`
}
