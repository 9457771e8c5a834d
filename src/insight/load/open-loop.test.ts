import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../../error.ts'
import { manualClock } from '../../events/clock.ts'
import { seededRandom } from '../../kernel/random.ts'
import { movies } from '../simulate/plans/movies.ts'
import { openSite } from './crowd/site.ts'
import { type LoadPlan, openLoop } from './open-loop.ts'
import { manualTicker } from './pace/manual-ticker.suite.ts'
import type { Asked, Reported, Transport } from './transport.ts'

const plan: LoadPlan = {
  ...{ feedsPerSecond: 20, eventsPerSecond: 260, seconds: 30, warmUpSeconds: 0 },
  ...{ mix: { home: 1 }, underWayMax: 1_000, withdrawalsPerSecond: 0, name: 'test' },
}

/** A load on a server that takes so long for every page; nothing in it waits for real. */
function loaded(options: { plan?: Partial<LoadPlan>; takesMs: number; broken?: boolean }) {
  const ticker = manualTicker()
  const clock = manualClock(Date.UTC(2026, 2, 2, 12))
  const mix = plan.mix
  const size = { users: 500, items: 2_000, pageSize: 10, seed: 7 }
  const site = openSite({ plan: movies, ...size, mix, clock })
  const sent: { readonly asked: Asked; readonly atMs: number }[] = []
  const reported: Reported[] = []
  let served = 0
  const transport: Transport = {
    async page(asked) {
      sent.push({ asked, atMs: ticker.now() })
      await new Promise<void>((resolve) => ticker.at(ticker.now() + options.takesMs, resolve))
      if (options.broken) throw new StarlingError('internal', 'out of order')
      const items = Array.from({ length: asked.size }, () => ({
        id: `film-${served++ % size.items}`,
        token: `token-${served}`,
      }))
      return { batchId: 1, delivery: 'now', items, older: null }
    },
    async report(events) {
      reported.push(...events)
      return { accepted: events.length, duplicates: 0, rejected: [] }
    },
    withdraw: async () => undefined,
    gauge: async () => undefined,
  }
  const parts = { site, transport, ticker, clock, random: seededRandom('load') }
  const loop = openLoop({ ...plan, ...options.plan }, parts)
  return { ticker, loop, sent, reported }
}

test('requests are sent when they were meant to be, however slow the server is', async () => {
  const times: number[][] = []
  for (const takesMs of [1, 5_000]) {
    const { ticker, sent } = loaded({ takesMs })
    await ticker.goTo(40_000)
    times.push(sent.map(({ atMs }) => atMs))
  }
  assert.deepEqual(times[1], times[0])
  const gaps = times[0]!.map((atMs, index) => atMs - (times[0]![index - 1] ?? 0))
  assert.ok(Math.abs(gaps.length - 600) < 100, `${gaps.length} requests`)
  const long = gaps.filter((gap) => gap > 50).length / gaps.length
  assert.ok(Math.abs(long - Math.exp(-1)) < 0.08, `${long} of all gaps are longer than the mean`)
})

test('latency includes the wait before a request could be sent', async () => {
  // Ten answers a second at best, and twenty asked for: the line grows by half of what comes.
  const { ticker, loop, sent } = loaded({ plan: { underWayMax: 1 }, takesMs: 100 })
  await ticker.goTo(120_000)
  const { latency, inTime } = loop.tally.feeds
  assert.equal(latency.count, sent.length)
  assert.ok(Math.abs(inTime - 300) < 10, `${inTime} answered in time`)
  // Of a line that grows to half of 30 s, the middle waits half of that.
  const middleMs = latency.quantile(0.5) / 1_000
  assert.ok(middleMs > 10_000 && middleMs < 20_000, `p50 ${middleMs} ms`)
  assert.ok(latency.max / 1_000 > 22_000, `max ${latency.max / 1_000} ms`)
})

test('events follow the stated ratio, with tokens of pages that were served and ids of their own', async () => {
  const { ticker, loop, reported } = loaded({ takesMs: 5 })
  await ticker.goTo(40_000)
  const perPage = reported.length / loop.tally.reports.latency.count
  assert.ok(Math.abs(perPage - 13) < 0.5, `${perPage} events per page`)
  assert.equal(new Set(reported.map(({ id }) => id)).size, reported.length)
  assert.ok(reported.every(({ token }) => /^token-\d+$/.test(token)))
  const kinds = new Set(reported.map(({ type }) => type))
  for (const kind of ['impression', 'click', 'read']) assert.ok(kinds.has(kind), kind)
})

test('failures are counted by kind, and what they said is told', async () => {
  const { ticker, loop, sent } = loaded({ takesMs: 5, broken: true })
  await ticker.goTo(40_000)
  assert.deepEqual([...loop.tally.feeds.failures], [['internal', sent.length]])
  assert.deepEqual(loop.tally.sums(30).examples, ['[internal] out of order'])
})

test('what a full line cannot hold is dropped, and counts as a failure', async () => {
  const { ticker, loop, sent } = loaded({ plan: { underWayMax: 1 }, takesMs: 1e9 })
  await ticker.goTo(40_000)
  loop.gate.clear()
  assert.equal(sent.length, 1)
  const dropped = loop.tally.feeds.failures.get('never sent')!
  assert.equal(dropped, loop.tally.feeds.latency.count)
  assert.ok(dropped > 500)
})

test('a load that is stopped sends nothing more, and is measured until then', async () => {
  const { ticker, loop, sent } = loaded({ takesMs: 5 })
  await ticker.goTo(10_000)
  loop.stop()
  const before = sent.length
  await ticker.goTo(40_000)
  assert.equal(sent.length, before)
  assert.equal(loop.span.toMs, 10_000)
})
