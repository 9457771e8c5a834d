import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { type ArmOutcomes, canaryView } from './canary.ts'

const rules = { impressionsMin: 1_000, tolerance: 0.1, confidence: 0.95 }
const crowds = 128

/** Users come in crowds, each with a liking of their own. */
function arm(rate: number, random: Random) {
  const impressions = new Float64Array(crowds)
  const successes = new Float64Array(crowds)
  const likings = Float64Array.from({ length: crowds }, () => rate * (0.5 + random.next()))
  const show = (count: number): ArmOutcomes => {
    for (let left = count; left > 0; left--) {
      const crowd = random.below(crowds)
      impressions[crowd]! += 1
      if (random.next() < likings[crowd]!) successes[crowd]! += 1
    }
    return { impressions, successes }
  }
  return { show }
}

test('one that is worse is found out, and one that is as good comes through', () => {
  const random = seededRandom('canary')
  const worse = canaryView(arm(0.05, random).show(20_000), arm(0.1, random).show(20_000), rules)
  assert.equal(worse.stands, 'worse')
  assert.ok(worse.high < 0 && worse.low < worse.high)
  const better = canaryView(arm(0.12, random).show(20_000), arm(0.1, random).show(20_000), rules)
  assert.equal(better.stands, 'not worse')
  assert.ok(Math.abs(better.rate - 0.12) < 0.01)
})

test('of trials of two alike hardly any is stopped, however often one looks', () => {
  let stopped = 0
  for (let trial = 0; trial < 100; trial++) {
    const random = seededRandom(`alike ${trial}`)
    const [canary, control] = [arm(0.1, random), arm(0.1, random)]
    for (let look = 0; look < 50; look++) {
      const { stands } = canaryView(canary.show(100), control.show(100), rules)
      if (stands !== 'worse') continue
      stopped++
      break
    }
  }
  // 2.5 of 100 at most by right; with a plain interval at each look a quarter would be.
  assert.ok(stopped <= 7, `${stopped} of 100`)
})

test('before enough was seen nothing is said for it, and of nothing nothing', () => {
  const random = seededRandom('few')
  const few = canaryView(arm(0.3, random).show(500), arm(0.1, random).show(5_000), rules)
  assert.equal(few.stands, 'open')
  const none = { impressions: new Float64Array(crowds), successes: new Float64Array(crowds) }
  const empty = canaryView(none, none, rules)
  assert.deepEqual([empty.stands, empty.rate, empty.low, empty.high], ['open', 0, -1, 1])
  assert.throws(() => canaryView(none, none, { ...rules, confidence: 1 }), /confidence 1 must be/)
})
