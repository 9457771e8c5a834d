import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sequencesOf } from '../sequences.ts'
import { packed } from './packs.ts'

test('every sequence of two items or more stands in one row, none of which is too full', () => {
  const property = fc.property(
    fc.array(fc.nat(30), { maxLength: 60 }),
    fc.integer({ min: 2, max: 12 }),
    (sizes, length) => {
      const sequences = sequencesOf(
        sizes.map((size) => new Uint32Array(size)),
        1,
      )
      const { starts, rows } = packed(sequences, length)
      const known = sizes.flatMap((size, row) => (size > 1 ? [row] : []))
      assert.deepEqual(
        [...rows].sort((a, b) => a - b),
        known,
      )
      const stepsOf = (row: number) => Math.min(length, sizes[row]! - 1)
      let steps = 0
      for (let pack = 0; pack + 1 < starts.length; pack++) {
        const own = [...rows.subarray(starts[pack], starts[pack + 1])]
        const sum = own.reduce((total, row) => total + stepsOf(row), 0)
        assert.ok(sum > 0 && sum <= length, `${sum} steps in a row of ${length}`)
        steps += sum
      }
      // Best fit leaves no two rows that would go into one.
      assert.ok(starts.length - 1 <= 1 + (2 * steps) / length)
    },
  )
  fc.assert(property)
})
