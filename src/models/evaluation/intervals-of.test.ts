import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { intervalOf } from './interval-of.ts'
import { intervalsOf } from './intervals-of.ts'

const random = seededRandom('values')
const samples = [1, 2, 3].map((power) =>
  Float64Array.from({ length: 300 }, () => random.next() ** power),
)

test('several samples of the same users have the intervals that each has by itself', () => {
  const alone = samples.map((sample) => intervalOf([sample], seededRandom('users')))
  assert.deepEqual(intervalsOf(samples, seededRandom('users')), alone)
})

test('samples of other users, or of nobody, are refused', () => {
  const invalid = { code: 'invalid_argument' }
  const shorter = [...samples, new Float64Array(299)]
  assert.throws(() => intervalsOf(shorter, seededRandom('users')), invalid)
  assert.throws(() => intervalsOf([], seededRandom('users')), invalid)
  assert.throws(() => intervalsOf([new Float64Array(0)], seededRandom('users')), invalid)
})
