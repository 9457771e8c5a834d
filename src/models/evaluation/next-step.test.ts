import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meanNdcg, type NextStep } from './next-step.ts'

const step = (past: readonly number[], target: number): NextStep => ({
  past: Uint32Array.from(past),
  target,
})

test('the gain is that of the place among all that was not met before', () => {
  const scores = () => Float32Array.of(9, 3, 8, 1)
  // Item 0 and 2 are ahead of 1, of which one was met; ahead of 3 there is 1 alone.
  const steps = [step([0], 1), step([0, 2], 3), step([], 0)]
  const expected = (1 / Math.log2(3) + 1 / Math.log2(3) + 1) / 3
  assert.ok(Math.abs(meanNdcg(steps, scores) - expected) < 1e-6)
})

test('what comes again is asked for like anything else, and each step has its own scores', () => {
  const answers = [Float32Array.of(1, 2, 0), Float32Array.of(5, 4, 6)]
  assert.equal(
    meanNdcg([step([1, 0], 1), step([2], 0)], (_, place) => answers[place]!),
    1,
  )
})
