import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tagSummer } from './tag-sums.ts'

const list = fc.record({
  codes: fc.uniqueArray(fc.nat(40), { maxLength: 6 }),
  weight: fc.constantFrom(0, 0.5, 1, 3),
})

test('tags are summed as a map would sum them, call after call', () => {
  fc.assert(
    fc.property(fc.array(fc.array(list, { maxLength: 12 }), { maxLength: 4 }), (calls) => {
      const sum = tagSummer()
      for (const lists of calls) {
        const expected = new Map<number, number>()
        for (const { codes, weight } of lists) {
          if (weight === 0) continue
          for (const code of codes) expected.set(code, (expected.get(code) ?? 0) + weight)
        }
        const starts = Uint32Array.from({ length: lists.length + 1 }, (_, end) =>
          lists.slice(0, end).reduce((length, { codes }) => length + codes.length, 0),
        )
        const codes = Uint32Array.from(lists.flatMap((one) => one.codes))
        const found = sum(
          { starts, codes },
          Float64Array.from(lists, ({ weight }) => weight),
        )
        assert.deepEqual([...found.codes], [...expected.keys()])
        assert.deepEqual([...found.sums], [...expected.values()])
      }
    }),
  )
})
