import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnTable } from '../drawn-table.suite.ts'
import { transposed } from '../interactions.ts'
import { fitItemKnn } from './item-knn.ts'
import { userNeighbors } from './user-neighbors.ts'

const [userCount, itemCount] = [12, 9]
const shape = { userCount, itemCount, share: 0.4, weightMax: 2 }
const { table, interactions } = drawnTable('users', shape)

function cosine(one: readonly number[], other: readonly number[]): number {
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, item) => sum + value * b[item]!, 0)
  const norms = Math.sqrt(product(one, one) * product(other, other))
  return norms === 0 ? 0 : product(one, other) / norms
}

test('an item counts as much as those are alike who met it, popular ones less', async () => {
  const options = { neighbors: userCount, shrinkage: 0 }
  const near = await fitItemKnn(transposed(interactions), options)
  for (const restraint of [0, 0.7]) {
    const { scoreUser } = userNeighbors(near, interactions, { restraint })
    for (let user = 0; user < userCount; user++) {
      for (const [item, score] of scoreUser(user).entries()) {
        const sum = table.reduce((total, row, other) => {
          return other === user ? total : total + cosine(table[user]!, row) * row[item]!
        }, 0)
        const met = table.filter((row) => row[item]! > 0).length
        assert.ok(Math.abs(score - sum / Math.max(1, met) ** restraint) < 1e-5)
      }
    }
  }
})

test('nothing is known of somebody new', async () => {
  const near = await fitItemKnn(transposed(interactions), { neighbors: 3, shrinkage: 0 })
  const { scoreUser } = userNeighbors(near, interactions, { restraint: 0 })
  assert.deepEqual(scoreUser(userCount), new Float32Array(itemCount))
})

test('neighbours of other users, and restraints out of range, are refused', async () => {
  const near = await fitItemKnn(interactions, { neighbors: 3, shrinkage: 0 })
  const of = (restraint: number) => () => userNeighbors(near, interactions, { restraint })
  assert.throws(of(0), { field: 'near', message: /holds 9 users and the interactions 12/ })
  assert.throws(of(1.5), { field: 'restraint' })
})
