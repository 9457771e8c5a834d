import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { bootstrapInterval, pairedBootstrap } from './bootstrap.ts'

test('the interval of a mean is that of the normal approximation for many values', () => {
  const random = seededRandom('values')
  const values = Float64Array.from({ length: 2000 }, () => random.next())
  const { mean, low, high } = bootstrapInterval(values, { random: seededRandom(1) })
  assert.ok(Math.abs(mean - values.reduce((sum, value) => sum + value, 0) / 2000) < 1e-12)
  // A uniform number deviates by 1/√12, a mean of 2000 by 1/√24000; 1.96 of those to each side.
  const half = 1.96 / Math.sqrt(24_000)
  assert.ok(Math.abs(low - (mean - half)) < half / 8, `low ${low}`)
  assert.ok(Math.abs(high - (mean + half)) < half / 8, `high ${high}`)
})

test('about 95 of 100 intervals hold the true mean', () => {
  const random = seededRandom('coverage')
  let heldCount = 0
  for (let round = 0; round < 200; round++) {
    const values = Float64Array.from({ length: 100 }, () => random.next())
    const { low, high } = bootstrapInterval(values, { random, rounds: 200 })
    if (low <= 0.5 && high >= 0.5) heldCount++
  }
  assert.ok(heldCount >= 180 && heldCount <= 199, `${heldCount} of 200`)
})

test('one seed is one interval, and more confidence a wider one', () => {
  const values = [1, 2, 3, 4, 10]
  const of = (confidence: number) =>
    bootstrapInterval(values, { random: seededRandom(5), confidence })
  assert.deepEqual(of(0.9), of(0.9))
  assert.ok(of(0.99).high - of(0.99).low > of(0.5).high - of(0.5).low)
})

test('pairs show a small difference that the values alone hide', () => {
  const random = seededRandom('pairs')
  const right = Float64Array.from({ length: 200 }, () => random.next())
  const left = right.map((value) => value + 0.01 + 0.01 * random.next())
  const alone = bootstrapInterval(left, { random })
  assert.ok(alone.low < bootstrapInterval(right, { random }).high)
  const { mean, low } = pairedBootstrap(left, right, { random })
  assert.ok(low > 0 && Math.abs(mean - 0.015) < 0.002)
})

test('what has no interval is refused', () => {
  const random = seededRandom(1)
  assert.throws(() => bootstrapInterval([], { random }), /values are empty/)
  assert.throws(() => bootstrapInterval([1], { random, rounds: 10 }), /rounds 10 must be >= 100/)
  assert.throws(() => bootstrapInterval([1], { random, confidence: 95 }), /confidence 95 must/)
  assert.throws(() => pairedBootstrap([1], [1, 2], { random }), /values are 1 and 2/)
})
