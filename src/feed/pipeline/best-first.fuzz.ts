import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bestFirst } from './best-first.ts'

const broken = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const score = fc.oneof(
  fc.float({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 3.4028234663852886e38, -3.4028234663852886e38, 1e-45, ...broken),
)

/** The definition: by a function of two rows. */
function sorted(scores: Float32Array): number[] {
  const sunk = (row: number) => (Number.isFinite(scores[row]) ? scores[row]! : -Number.MAX_VALUE)
  return [...scores.keys()].sort((one, other) => sunk(other) - sunk(one) || one - other)
}

test('rows stand as a comparison of their scores has them, broken ones last', () => {
  const property = fc.property(fc.array(score, { maxLength: 60 }), (numbers) => {
    const scores = Float32Array.from(numbers)
    assert.deepEqual(bestFirst(scores), sorted(scores))
    // A part of a block is read from where it begins.
    assert.deepEqual(bestFirst(scores.subarray(1)), sorted(scores.subarray(1)))
  })
  fc.assert(property, { numRuns: 500 })
})
