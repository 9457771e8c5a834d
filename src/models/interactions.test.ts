import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interactionsOf, transposed } from './interactions.ts'

const cells = {
  users: Uint32Array.of(2, 0, 2, 0, 2),
  items: Uint32Array.of(1, 3, 0, 3, 1),
  weights: Float32Array.of(1, 2, 3, 4, 5),
}
const shape = { userCount: 4, itemCount: 5 }

test('cells in any order become rows with ascending columns', () => {
  const matrix = interactionsOf(cells, shape, 'sum')
  assert.deepEqual([...matrix.starts], [0, 1, 1, 3, 3])
  assert.deepEqual([...matrix.columns], [3, 0, 1])
  assert.deepEqual([...matrix.weights], [6, 3, 6])
})

test('of duplicates the strongest counts where told so', () => {
  assert.deepEqual([...interactionsOf(cells, shape, 'max').weights], [4, 3, 5])
})

test('cells without weights count 1 each', () => {
  const { users, items } = cells
  assert.deepEqual([...interactionsOf({ users, items }, shape, 'sum').weights], [2, 1, 2])
})

test('transposing twice gives the matrix back', () => {
  const matrix = interactionsOf(cells, shape, 'sum')
  assert.deepEqual(transposed(transposed(matrix)), matrix)
  assert.equal(transposed(matrix).rowCount, 5)
})

test('a matrix without cells, users or items is a matrix', () => {
  const none = { users: new Uint32Array(), items: new Uint32Array() }
  const matrix = interactionsOf(none, { userCount: 0, itemCount: 0 }, 'sum')
  assert.deepEqual([...matrix.starts], [0])
  assert.equal(transposed(matrix).columns.length, 0)
})

test('what does not fit is refused by place and value', () => {
  const refused = (change: object, message: RegExp): void =>
    assert.throws(() => interactionsOf({ ...cells, ...change }, shape, 'sum'), message)
  refused({ users: Uint32Array.of(2, 0) }, /cells hold 2 users, 5 items, 5 weights/)
  refused({ users: Uint32Array.of(2, 4, 2, 0, 2) }, /users\[1\] 4 must be < 4/)
  refused({ items: Uint32Array.of(1, 3, 5, 3, 1) }, /items\[2\] 5 must be < 5/)
  for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const weights = Float32Array.of(1, 1, weight, 1, 1)
    refused({ weights }, /weights\[2\] .* must be finite and > 0/)
  }
})
