import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Duplicates, type Interactions, interactionsOf, transposed } from './interactions.ts'

const shape = { userCount: 6, itemCount: 5 }
const meeting = fc.record({
  user: fc.nat(shape.userCount - 1),
  item: fc.nat(shape.itemCount - 1),
  // Eighths add up without rounding, so the oracle may add in another order.
  weight: fc.integer({ min: 1, max: 80 }).map((eighths) => eighths / 8),
})

function listed(matrix: Interactions): Map<string, number> {
  const cells = new Map<string, number>()
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let cell = matrix.starts[row]!; cell < matrix.starts[row + 1]!; cell++) {
      cells.set(`${row}/${matrix.columns[cell]}`, matrix.weights[cell]!)
    }
  }
  return cells
}

test('a matrix holds what a map of cells holds, in both directions', () => {
  const duplicates = fc.constantFrom<Duplicates>('sum', 'max')
  const property = fc.property(
    fc.array(meeting, { maxLength: 60 }),
    duplicates,
    (meetings, how) => {
      const [rows, columns] = [new Map<string, number>(), new Map<string, number>()]
      for (const { user, item, weight } of meetings) {
        const before = rows.get(`${user}/${item}`) ?? 0
        const after = how === 'sum' ? before + weight : Math.max(before, weight)
        rows.set(`${user}/${item}`, after)
        columns.set(`${item}/${user}`, after)
      }
      const cells = {
        users: Uint32Array.from(meetings, ({ user }) => user),
        items: Uint32Array.from(meetings, ({ item }) => item),
        weights: Float32Array.from(meetings, ({ weight }) => weight),
      }
      const matrix = interactionsOf(cells, shape, how)
      assert.deepEqual(listed(matrix), rows)
      assert.deepEqual(listed(transposed(matrix)), columns)
      assert.equal(matrix.columns.length, rows.size)
    },
  )
  // fast-check prints the seed and the path of a failure.
  fc.assert(property, { numRuns: 300 })
})
