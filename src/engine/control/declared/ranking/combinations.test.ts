import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../../../../events/event.ts'
import { combinations } from './combinations.ts'

describe('the parameter combinations', () => {
  const factors = [
    { head: 'click', power: 1 },
    { head: 'dwell', power: 0.3, plus: 1 },
  ]
  const rankers = { names: () => [], named: async () => undefined }
  const sum = [{ head: 'report', weight: -20 }]

  it('takes a product or a sum for each scene, and for all others', () => {
    for (const value of [{}, { home: { factors } }, { home: { sum }, '*': { factors } }])
      combinations.check(value)
    combinations.checkNames!(
      { home: { sum }, '*': { factors } },
      { sources: [], blended: [], scenes: ['home'], rankers },
    )
  })

  const refused: readonly (readonly [why: string, one: Json, message: RegExp])[] = [
    ['no formula', {}, /home needs either factors or sum/],
    ['two formulas', { factors, sum }, /home needs either factors or sum/],
    ['a key of neither', { product: [] }, /home.product is not known; there are factors, sum/],
    ['no head', { factors: [] }, /home.factors must hold at least one head/],
    ['no list', { sum: 1 }, /home.sum must be a list of 1 to 16/],
    ['too many', { sum: new Array(17).fill(sum[0]!) }, /home.sum must be a list of 1 to 16/],
    ['a head twice', { sum: [...sum, ...sum] }, /sum\[1\].head "report" must be named once/],
    ['a head without a name', { sum: [{ weight: 1 }] }, /sum\[0\].head must be a text/],
    ['no weight', { sum: [{ head: 'a' }] }, /weight is missing: a number >= -1000000/],
    ['no power', { factors: [{ head: 'a' }] }, /power is missing: a number >= -10 and <= 10/],
    ['too much power', { factors: [{ head: 'a', power: 11 }] }, /power 11 must be .* <= 10/],
    ['a plus below 0', { factors: [{ head: 'a', power: 1, plus: -1 }] }, /plus -1 must be .*>= 0/],
    ['a weight in a product', { factors: [{ head: 'a', weight: 1 }] }, /weight is not known/],
    ['a text', { sum: [{ head: 'a', weight: '1' }] }, /weight "1" must be a number/],
  ]
  for (const [why, one, message] of refused)
    it(`refuses ${why}`, () => {
      const error = { code: 'invalid_argument', message }
      assert.throws(() => combinations.check({ home: one }), error)
    })

  it('refuses what is no scene', () => {
    const names = { sources: [], blended: [], scenes: ['home', 'top'], rankers }
    assert.throws(() => combinations.checkNames!({ hom: { sum } }, names), {
      code: 'invalid_argument',
      message: /value.hom is no scene; there are home, top, \*/,
    })
  })
})
