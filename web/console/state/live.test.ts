import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { signal } from '@preact/signals'
import { StarlingError } from '../../../src/error.ts'
import { createLive } from './live.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A question whose answers are given by hand. */
function asked(t: TestContext, everyMs: number) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const isWatched = signal(true)
  const waiting: { answer(n: number): void; fail(code: 'unavailable' | 'not_found'): void }[] = []
  const aborted: number[] = []
  let count = 0
  const live = createLive<number>({
    isWatched,
    everyMs,
    ask: (stop) =>
      new Promise((resolve, reject) => {
        const mine = count++
        stop.addEventListener('abort', () => aborted.push(mine))
        waiting.push({
          answer: resolve,
          fail: (code) => reject(new StarlingError(code, 'no')),
        })
      }),
  })
  return { live, isWatched, waiting, aborted }
}

describe('a live question', () => {
  it('is asked again when the pause after an answer is over, one at a time', async (t) => {
    const { live, waiting } = asked(t, 1_000)
    assert.deepEqual(live.known.value, { busy: true })
    t.mock.timers.tick(10_000)
    assert.equal(waiting.length, 1)
    waiting[0]?.answer(7)
    await settled()
    assert.deepEqual(live.known.value, { answer: 7, busy: false })
    t.mock.timers.tick(999)
    assert.equal(waiting.length, 1)
    t.mock.timers.tick(1)
    assert.equal(waiting.length, 2)
    assert.deepEqual(live.known.value, { answer: 7, busy: true })
    live.stop()
  })

  it('rests while nobody looks, and goes on at once when somebody does', async (t) => {
    const { live, waiting, isWatched } = asked(t, 1_000)
    waiting[0]?.answer(1)
    await settled()
    isWatched.value = false
    t.mock.timers.tick(60_000)
    assert.equal(waiting.length, 1)
    isWatched.value = true
    assert.equal(waiting.length, 2)
    live.stop()
  })

  it('keeps its answer through failures, waits longer with each, and recovers', async (t) => {
    const { live, waiting } = asked(t, 1_000)
    waiting[0]?.answer(1)
    await settled()
    t.mock.timers.tick(1_000)
    waiting[1]?.fail('unavailable')
    await settled()
    const { answer, failure, busy } = live.known.value
    assert.deepEqual([answer, failure?.code, busy], [1, 'unavailable', false])
    t.mock.timers.tick(5_000)
    waiting[2]?.fail('unavailable')
    await settled()
    t.mock.timers.tick(5_000)
    assert.equal(waiting.length, 3)
    t.mock.timers.tick(5_000)
    waiting[3]?.answer(2)
    await settled()
    assert.deepEqual(live.known.value, { answer: 2, busy: false })
    live.stop()
  })

  it('is not asked again where one answer is enough, nor where no waiting helps', async (t) => {
    const { live, waiting } = asked(t, 0)
    waiting[0]?.fail('unavailable')
    await settled()
    t.mock.timers.tick(5_000)
    waiting[1]?.fail('not_found')
    await settled()
    t.mock.timers.tick(600_000)
    assert.equal(waiting.length, 2)
    live.refresh()
    waiting[2]?.answer(3)
    await settled()
    t.mock.timers.tick(600_000)
    assert.equal(waiting.length, 3)
    live.stop()
  })

  it('passes over the answer to a question that was asked anew, or is no longer asked', async (t) => {
    const { live, waiting, aborted } = asked(t, 1_000)
    live.refresh()
    waiting[0]?.answer(1)
    await settled()
    assert.deepEqual(live.known.value, { busy: true })
    waiting[1]?.answer(2)
    await settled()
    live.stop()
    live.refresh()
    assert.equal(waiting.length, 2)
    assert.deepEqual(aborted, [0])
  })
})
