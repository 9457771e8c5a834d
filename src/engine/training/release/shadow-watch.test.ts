import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { shadowWatch } from './shadow-watch.ts'

const serving = Float32Array.of(3, 2, 1)
const version = 'deep-fm/2'

/** Waits until so many runs were scored, or failed. */
async function scored(watch: ReturnType<typeof shadowWatch>, count: number): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    const { runs = 0, failures = 0 } = watch.figures()
    if (runs + failures >= count) return
    await sleep(2)
  }
}

test('a candidate that answers late or at once is compared, one run after the other', async () => {
  const watch = shadowWatch({ version, share: 1 })
  let [asked, atOnce] = [0, 0]
  const ask = async () => {
    assert.equal(++asked, 1, 'two at a time')
    atOnce = Math.max(atOnce, asked)
    await sleep(1)
    asked--
    return Float32Array.of(1, 2, 3)
  }
  for (let run = 0; run < 5; run++) watch.add({ serving, ask })
  watch.add({ serving, ask: () => serving })
  await scored(watch, 6)
  const figures = watch.figures()
  assert.deepEqual([figures['runs'], figures['failures'], atOnce], [6, 0, 1])
  assert.equal(figures['rank correlation'], (5 * -1 + 1) / 6)
})

test('what is no number for each row is a failure, and so is what throws', async () => {
  const watch = shadowWatch({ version, share: 1 })
  const answers = [Float32Array.of(1, 2), Float32Array.of(1, Number.NaN, 3), new Float32Array(0)]
  for (const answer of answers) watch.add({ serving, ask: () => answer })
  watch.add({ serving, ask: () => Promise.reject(new Error('gone')) })
  await scored(watch, 4)
  assert.deepEqual(watch.figures(), { dropped: 0, failures: 4 })
})

test('a share of the requests is wanted, none beyond what may wait, and none after the end', () => {
  const watch = shadowWatch({ version, share: 0.25 })
  const names = Array.from({ length: 4_000 }, (_, n) => `request-${n}`)
  const wanted = names.filter(watch.wants)
  assert.ok(Math.abs(wanted.length / 4_000 - 0.25) < 0.03, `${wanted.length}`)
  for (let run = 0; run < 32; run++) watch.add({ serving, ask: () => serving })
  assert.equal(watch.wants(wanted[0]!), false)
  assert.equal(watch.figures()['dropped'], 1)
  watch.stop()
  assert.equal(watch.wants(wanted[0]!), false)
  assert.equal(watch.figures()['dropped'], 1)
})
