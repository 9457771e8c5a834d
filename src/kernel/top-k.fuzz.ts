import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { topK } from './top-k.ts'

const score = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
)

test('the top k are what sorting everything would give', () => {
  const property = fc.property(
    fc.array(score, { maxLength: 60, size: 'max' }),
    fc.nat(20),
    fc.integer({ min: 1, max: 5 }),
    (scores, k, modulus) => {
      const accept = (place: number): boolean => place % modulus === 0
      const expected = scores
        .map((_, place) => place)
        .filter((place) => accept(place) && scores[place]! > Number.NEGATIVE_INFINITY)
        .sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b]! - scores[a]!))
        .slice(0, k)
      assert.deepEqual([...topK(scores, k, accept)], expected)
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('few places are asked about', () => {
  const scores = Float32Array.from({ length: 10_000 }, (_, place) => (place * 7_919) % 10_007)
  let asked = 0
  topK(scores, 100, () => ++asked > 0)
  // k (1 + ln(n / k)) is 560.
  assert.ok(asked < 1_000, `${asked} were asked about`)
})
