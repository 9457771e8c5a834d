import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../error.ts'
import { isPassing, pause, waitMsAfter } from './patience.ts'

const bounds = { firstMs: 100, mostMs: 1_000, random: () => 0.5 }
const away = new StarlingError('unavailable', 'away')

test('the wait doubles up to its bound, and a part of it is chance', () => {
  const waits = [1, 2, 3, 4, 5, 99].map((failures) => waitMsAfter(failures, away, bounds))
  assert.deepEqual(waits, [50, 100, 200, 400, 500, 500])
  assert.equal(waitMsAfter(3, away, { ...bounds, random: () => 0 }), 0)
})

test('a server that says when is not asked sooner', () => {
  const busy = new StarlingError('resource_exhausted', 'busy', { retryAfterMs: 3_000 })
  assert.equal(waitMsAfter(1, busy, bounds), 3_050)
  assert.equal(isPassing(busy, false), true)
  const closed = new StarlingError('resource_exhausted', 'closed', { retryAfterMs: 3_600_000 })
  assert.equal(isPassing(closed, true), false)
})

test('only what says nothing of the request itself is passing', () => {
  assert.equal(isPassing(away, true), true)
  assert.equal(isPassing(away, false), false)
  assert.equal(isPassing(new StarlingError('invalid_argument', 'no'), true), false)
  assert.equal(isPassing(new TypeError('a bug'), true), false)
})

test('a pause ends when nobody waits any more', async () => {
  await pause(0, undefined)
  const controller = new AbortController()
  const waiting = pause(1e9, controller.signal)
  controller.abort()
  await assert.rejects(waiting, { code: 'canceled' })
})
