import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { seededRandom } from '../../kernel/random.ts'
import { movies } from '../simulate/plans/movies.ts'
import { openSite } from './crowd/site.ts'
import { manualTicker } from './pace/manual-ticker.suite.ts'
import { runLoad } from './run-load.ts'
import type { Transport } from './transport.ts'

const plan = {
  ...{ feedsPerSecond: 10, eventsPerSecond: 100, seconds: 60, warmUpSeconds: 5 },
  ...{ mix: { home: 1 }, underWayMax: 8, withdrawalsPerSecond: 1, name: 'test' },
}

/** A run on a server that answers at once, whose processor is always half busy. */
function running(signal: AbortSignal) {
  const ticker = manualTicker()
  const clock = manualClock(Date.UTC(2026, 2, 2, 12))
  const size = { users: 200, items: 2_000, pageSize: 10, seed: 7 }
  const gauge = () => ({ cpuSeconds: ticker.now() / 2_000, residentBytes: 5_000 })
  let served = 0
  const transport: Transport = {
    page: async () => ({
      ...{ batchId: 1, delivery: 'now', older: null },
      items: [{ id: `film-${served++ % size.items}`, token: 'token' }],
    }),
    report: async ({ length }) => ({ accepted: length, duplicates: 0, rejected: [] }),
    withdraw: async () => undefined,
    gauge: async () => gauge(),
  }
  const result = runLoad(plan, {
    ...{ transport, ticker, clock, signal, random: seededRandom('load') },
    site: openSite({ plan: movies, ...size, mix: plan.mix, clock }),
    own: gauge,
  })
  return { ticker, result }
}

test('rates and costs are those of the time after warming up', async () => {
  const { ticker, result } = running(new AbortController().signal)
  await ticker.goTo(70_000)
  const { feeds, server, seconds, perSecond, withdrawals } = await result
  assert.equal(seconds, 60)
  assert.ok(Math.abs(feeds.rate - 10) < 1.5, `${feeds.rate} answers per second`)
  assert.equal(feeds.count, Math.round(feeds.rate * 60))
  assert.deepEqual(server, { cores: 0.5, residentBytes: 5_000 })
  assert.equal(perSecond.length, 65)
  assert.ok(withdrawals > 30)
})

test('a run that is ended early tells what it met with so far', async () => {
  const stopping = new AbortController()
  const { ticker, result } = running(stopping.signal)
  await ticker.goTo(25_000)
  stopping.abort()
  const { feeds, seconds } = await result
  assert.equal(seconds, 20)
  assert.ok(Math.abs(feeds.rate - 10) < 2.5, `${feeds.rate} answers per second`)
})
