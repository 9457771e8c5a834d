import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { binOf, cutsOf } from './bins.ts'

const column = fc
  .array(fc.oneof(fc.float(), fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)))
  .map((values) => Float32Array.from(values))

test('bins keep the order of the values, and hold as few of them as may be', () => {
  fc.assert(
    fc.property(column, fc.integer({ min: 1, max: 6 }), (values, most) => {
      const cuts = cutsOf(values, most)
      assert.ok(cuts.length <= most, `${cuts.length} cuts`)
      cuts.forEach((cut, index) => {
        assert.ok(index === 0 || cut > cuts[index - 1]!, 'cuts rise')
      })
      const distinct = new Set([...values].filter((value) => !Number.isNaN(value)))
      if (distinct.size <= most + 1) assert.equal(cuts.length, Math.max(0, distinct.size - 1))
      for (const value of values) {
        const bin = binOf(cuts, value)
        if (Number.isNaN(value)) assert.equal(bin, 0)
        else {
          assert.equal(bin, 1 + cuts.filter((cut) => cut < value).length)
        }
      }
    }),
  )
})
