import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interactionsOf, transposed } from '../interactions.ts'
import { intraListDistance } from './diversity.ts'

// Items 0 and 1 were met by the same two users, 2 by one of them and another, 3 by nobody.
const cells = {
  users: Uint32Array.of(0, 0, 1, 1, 1, 2),
  items: Uint32Array.of(0, 1, 0, 1, 2, 2),
}
const byItem = transposed(interactionsOf(cells, { userCount: 3, itemCount: 4 }, 'max'))

test('items that the same people met are alike', () => {
  const of = (...page: number[]) => intraListDistance(Uint32Array.from(page), byItem)
  assert.equal(of(0, 1), 0)
  assert.equal(of(0, 2), 0.5)
  assert.equal(of(0, 3), 1)
  assert.ok(Math.abs(of(0, 1, 2) - (0 + 0.5 + 0.5) / 3) < 1e-12)
  assert.equal(of(0), 0)
  assert.equal(of(), 0)
})
