import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { defaultGrants, type GrantRule, type GrantRules, ruleFor } from './grant-rules.ts'
import { judge, type Wish } from './judge.ts'

const rulesOf = (rules: readonly GrantRule[], more: Partial<GrantRules> = {}): GrantRules => {
  return { ...defaultGrants, rules, ...more }
}

const wish = (more: Partial<Wish> = {}): Wish => ({
  ...{ writer: 'a', scene: 'home', segment: '', at: 100_000, count: 50, waiting: 0 },
  ...{ account: undefined, ...more },
})

describe('a grant', () => {
  it('is whole where no rule is set, up to what a queue takes', () => {
    const { granted, denied, counted } = judge(defaultGrants, wish())
    assert.deepEqual([granted, denied, counted], [50, {}, false])
    const much = judge(defaultGrants, wish({ count: 700 }))
    assert.deepEqual([much.granted, much.denied], [600, { quota: 100 }])
  })

  it('follows the first rule that fits', () => {
    const rules = rulesOf([
      { writer: 'a', segment: 'new', quota: 1 },
      { scene: 'home', quota: 2 },
      { writer: 'a', quota: 3 },
    ])
    const quotaFor = (more: Partial<Wish>) => ruleFor(rules, wish(more)).allowance?.quota
    assert.equal(quotaFor({ segment: 'new' }), 1)
    assert.equal(quotaFor({ segment: 'old' }), 2)
    assert.equal(quotaFor({ scene: 'list' }), 3)
    assert.equal(quotaFor({ scene: 'list', writer: 'b' }), 600)
    assert.equal(ruleFor(rules, wish({ segment: 'new' })).segment, 'new')
    assert.equal(ruleFor(rules, wish({ segment: 'old' })).segment, '', 'a rule for everyone')
  })

  it('is counted over a period, and the next begins with what is asked for then', () => {
    const rules = rulesOf([{ quota: 60, periodMs: 10_000 }])
    const first = judge(rules, wish())
    assert.deepEqual([first.granted, first.used, first.since], [50, 50, 100_000])
    const account = { at: 100_000, since: first.since, used: first.used }
    const second = judge(rules, wish({ at: 109_999, account }))
    assert.deepEqual([second.granted, second.used, second.denied], [10, 60, { quota: 40 }])
    const third = judge(rules, wish({ at: 110_000, account: { ...account, used: 60 } }))
    assert.deepEqual([third.granted, third.since], [50, 110_000])
  })

  it('is refused soon after the last one', () => {
    const rules = rulesOf([{ writer: 'a', minIntervalMs: 15_000 }])
    const account = { at: 100_000, since: 100_000, used: 50 }
    const soon = judge(rules, wish({ at: 110_000, account }))
    assert.deepEqual([soon.granted, soon.denied], [0, { interval: 50 }])
    assert.equal(judge(rules, wish({ at: 115_000, account })).granted, 50)
    assert.equal(judge(rules, wish({ at: 110_000 })).granted, 50, 'the first one is no second')
  })

  it('leaves room for others', () => {
    const rules = rulesOf([{ writer: 'a', share: 0.2 }], { queueLength: 200 })
    const { granted, denied } = judge(rules, wish({ waiting: 25 }))
    assert.deepEqual([granted, denied], [15, { share: 35 }])
    assert.equal(judge(rules, wish({ waiting: 70 })).granted, 0)
  })

  it('is for those who are known, where others are denied', () => {
    const rules = rulesOf([{ writer: 'b' }], { otherwise: null })
    const { granted, denied } = judge(rules, wish())
    assert.deepEqual([granted, denied], [0, { 'unknown-writer': 50 }])
    assert.equal(judge(rules, wish({ writer: 'b' })).granted, 50)
  })

  it('and what is denied make what was asked, and no period is ever exceeded', () => {
    const allowance = fc.record({
      quota: fc.nat(40),
      periodMs: fc.nat(30),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      minIntervalMs: fc.nat(5),
    })
    const asks = fc.array(fc.record({ after: fc.nat(20), count: fc.nat(50) }), { maxLength: 30 })
    const property = fc.property(allowance, asks, (rule, wishes) => {
      let [at, account]: [number, Wish['account']] = [0, undefined]
      const used = new Map<number, number>()
      for (const { after, count } of wishes) {
        at += after
        const verdict = judge(rulesOf([rule]), wish({ at, count, account }))
        const denied = Object.values(verdict.denied).reduce((sum, each) => sum + each, 0)
        assert.equal(verdict.granted + denied, count)
        if (verdict.granted === 0) continue
        account = { at, since: verdict.since, used: verdict.used }
        used.set(verdict.since, (used.get(verdict.since) ?? 0) + verdict.granted)
        if (rule.periodMs > 0) assert.ok(used.get(verdict.since)! <= rule.quota)
      }
    })
    fc.assert(property, { numRuns: 300 })
  })
})
