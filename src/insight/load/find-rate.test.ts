import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findRate } from './find-rate.ts'
import type { LoadResult } from './result/load-result.ts'

const never = new AbortController().signal

/** A server that holds up to a rate, and waits for ever beyond. */
function resultAt(feedsPerSecond: number, mostHeld: number): LoadResult {
  const lane = { count: 1, rate: 1, p50Ms: 1, p95Ms: 1, maxMs: 1, failures: {} }
  const feeds = { ...lane, p99Ms: feedsPerSecond <= mostHeld ? 20 : 4_000 }
  return {
    ...{ feedsPerSecond, eventsPerSecond: 13 * feedsPerSecond, seconds: 1, feeds },
    ...{ reports: { ...lane, p99Ms: 5 }, byKind: {}, eventsAccepted: 0, eventsRefused: {} },
    ...{ deliveries: {}, degraded: 0, faults: {}, examples: [], withdrawals: 0 },
    ...{ waitingMost: 0, waitingAtEnd: 0, perSecond: [] },
    ...{ generator: { cores: 0, residentBytes: 0 }, lateP99Ms: 0 },
  }
}

test('the largest rate held is found to within 6 %, from above and from below', async () => {
  for (const mostHeld of [7, 50, 51, 99, 400]) {
    const { best, steps } = await findRate(50, async (rate) => resultAt(rate, mostHeld), never)
    const found = best?.feedsPerSecond ?? 0
    assert.ok(found <= mostHeld && found > mostHeld / 1.07, `${found} of ${mostHeld}`)
    assert.ok(steps.length <= 20, `${steps.length} tries`)
  }
})

test('a hiccup is no bound: what is not held is tried once more', async () => {
  let tries = 0
  const run = async (rate: number): Promise<LoadResult> => resultAt(rate, ++tries === 2 ? 0 : 90)
  const { best } = await findRate(50, run, never)
  assert.ok(best!.feedsPerSecond > 90 / 1.07, `${best!.feedsPerSecond}`)
})

test('where no rate is held, it says so and ends', async () => {
  const { best, steps } = await findRate(50, async (rate) => resultAt(rate, 0), never)
  assert.equal(best, undefined)
  assert.ok(steps.length > 3)
})

test('an abort ends it with what was found so far', async () => {
  const stopping = new AbortController()
  let tries = 0
  const run = async (rate: number): Promise<LoadResult> => {
    if (++tries === 3) stopping.abort()
    return resultAt(rate, 1e9)
  }
  const { best, steps } = await findRate(50, run, stopping.signal)
  assert.equal(steps.length, 2)
  assert.equal(best, steps[1])
})
