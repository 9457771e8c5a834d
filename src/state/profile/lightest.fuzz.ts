import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lightest } from './lightest.ts'

test('the lightest are those that sorting would put first, and of equals the first', () => {
  const weights = fc.array(fc.constantFrom(0, 0.5, 1, 2, 3), { maxLength: 30 })
  const property = fc.property(weights, fc.nat(30), (made, wanted) => {
    const count = Math.min(wanted, made.length)
    const sorted = [...made.keys()].sort((a, b) => made[a]! - made[b]! || a - b).slice(0, count)
    const found = lightest(Float64Array.from(made), count)
    assert.deepEqual(
      [...found.keys()].filter((place) => found[place] === 1),
      sorted.sort((a, b) => a - b),
    )
  })
  fc.assert(property, { numRuns: 500 })
})
