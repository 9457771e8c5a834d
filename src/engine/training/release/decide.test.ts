import assert from 'node:assert/strict'
import { test } from 'node:test'
import { promotionDefaults } from '../../control/declared/promotion.ts'
import { recallStep, shadowStep } from './decide.ts'

const hourMs = 3_600_000
const rules = { ...promotionDefaults, shadowRuns: 100, canaryHoursMax: 24 }
const figures = (more: object = {}) => ({
  ...{ runs: 100, failures: 0, 'recall@100': 0.3, 'recall@100 of the serving one': 0.31 },
  ...{ 'recall lead low': -0.05, 'recall lead high': 0.03, ...more },
})

test('a shadow of recall serves after enough users, unless it is worse for sure', () => {
  assert.equal(recallStep(figures(), hourMs, rules)?.verdict, 'promote')
  assert.equal(recallStep(figures({ runs: 99 }), hourMs, rules), undefined)
  const worse = recallStep(figures({ runs: 20, 'recall lead high': -0.001 }), hourMs, rules)
  assert.equal(worse?.verdict, 'reject')
  assert.match(worse!.why, /^worse beyond chance: brings 0\.3000 of what 20 users came to like/)
})

test('one that nobody came for, or that failed, does not serve', () => {
  assert.match(recallStep({ runs: 0 }, 24 * hourMs, rules)!.why, /only 0 users came in 24 h/)
  const failed = recallStep(figures({ failures: 2 }), hourMs, rules)
  assert.deepEqual(
    [failed?.verdict, failed?.why],
    ['reject', 'failed for 2 of the users it was asked for'],
  )
})

test('recall has no canary after its shadow, and rankers do', () => {
  const both = { ...rules, way: 'shadow-canary' } as const
  assert.equal(recallStep(figures(), hourMs, both)?.verdict, 'promote')
  assert.equal(shadowStep({ runs: 100, failures: 0 }, hourMs, both)?.verdict, 'canary')
})
