import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from './auc.ts'
import { bootstrapInterval } from './bootstrap.ts'
import { intervalOf, wholeOf } from './interval-of.ts'
import { byUser, pooledAuc, pooledMean } from './pooled.ts'

const random = seededRandom('rows')
const users = Uint32Array.from({ length: 400 }, () => 7 * random.below(50))
const scores = Float32Array.from(users, () => random.below(20) / 20)
const labels = Float32Array.from(scores, (score) => (random.next() < score ? 1 : 0))

test('the interval of a mean of users is that of the bootstrap', () => {
  const values = Float64Array.from({ length: 300 }, () => random.next())
  const { mean, low, high } = intervalOf([values], seededRandom(1))
  const expected = bootstrapInterval(values, { random: seededRandom(1) })
  assert.ok(Math.abs(mean - expected.mean) < 1e-12)
  assert.ok(Math.abs(low - expected.low) < 1e-3 && Math.abs(high - expected.high) < 1e-3)
})

test('a pooled figure of everybody is that of all rows', () => {
  const pooled = pooledAuc(scores, labels, byUser(users))
  assert.equal(pooled.userCount, new Set(users).size)
  assert.ok(Math.abs(wholeOf(pooled) - auc(scores, labels)!) < 1e-12)
  const mean = pooledMean(Float64Array.from(scores), byUser(users))
  assert.ok(Math.abs(wholeOf(mean) - scores.reduce((sum, each) => sum + each, 0) / 400) < 1e-9)
})

test('a user who is drawn twice stands twice with all their rows', () => {
  const groups = byUser(users)
  const times = Uint32Array.from({ length: groups.groupCount }, () => random.below(4))
  const rows = [...users.keys()].flatMap((row) =>
    Array.from({ length: times[groups.of[row]!]! }, () => row),
  )
  const expected = auc(
    rows.map((row) => scores[row]!),
    rows.map((row) => labels[row]!),
  )
  assert.ok(Math.abs(pooledAuc(scores, labels, groups).of(times) - expected!) < 1e-12)
})

test('of several samples it is the mean, and narrower than of one', () => {
  const folds = Array.from({ length: 4 }, () =>
    Float64Array.from({ length: 200 }, () => random.next()),
  )
  const all = intervalOf(folds, seededRandom(1))
  const one = intervalOf([folds[0]!], seededRandom(1))
  const means = folds.map((fold) => wholeOf(fold))
  assert.ok(Math.abs(all.mean - means.reduce((sum, each) => sum + each, 0) / 4) < 1e-12)
  assert.ok(all.high - all.low < 0.7 * (one.high - one.low))
  assert.ok(all.low < all.mean && all.mean < all.high)
  assert.deepEqual(intervalOf(folds, seededRandom(1)), all)
})

test('nothing has no interval', () => {
  assert.throws(() => intervalOf([], seededRandom(1)), /samples are none/)
  assert.throws(() => intervalOf([new Float64Array()], seededRandom(1)), /values are empty/)
})
