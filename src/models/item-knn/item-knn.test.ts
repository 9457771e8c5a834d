import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { fitItemKnn } from './item-knn.ts'
import { loadItemKnn } from './item-knn-model.ts'

const options = { neighbors: 40, shrinkage: 0 }

historyModelSuite({
  kind: 'item-knn',
  fit: (interactions, run) => fitItemKnn(interactions, { ...options, ...run }),
  load: loadItemKnn,
})

const userCount = 30
const itemCount = 25
const random = seededRandom('neighbors')
const table = Array.from({ length: userCount }, () =>
  Array.from({ length: itemCount }, () => (random.next() < 0.3 ? 1 + random.below(4) : 0)),
)
const cells = table.flatMap((row, user) =>
  row.flatMap((weight, item) => (weight > 0 ? [{ user, item, weight }] : [])),
)
const interactions = interactionsOf(
  {
    users: Uint32Array.from(cells, ({ user }) => user),
    items: Uint32Array.from(cells, ({ item }) => item),
    weights: Float32Array.from(cells, ({ weight }) => weight),
  },
  { userCount, itemCount },
  'sum',
)

/** The definition, from the whole table. */
function similarity(left: number, right: number, shrinkage: number): number {
  const product = (a: number, b: number): number =>
    table.reduce((sum, row) => sum + row[a]! * row[b]!, 0)
  const norms = Math.sqrt(product(left, left)) * Math.sqrt(product(right, right))
  return product(left, right) / (norms + shrinkage)
}

test('the neighbours are those of the highest shrunken cosine, nearest first', async () => {
  for (const shrinkage of [0, 20]) {
    const model = await fitItemKnn(interactions, { neighbors: 5, shrinkage })
    for (let item = 0; item < itemCount; item++) {
      const others = Array.from({ length: itemCount }, (_, other) => other)
        .filter((other) => other !== item)
        .map((other) => similarity(item, other, shrinkage))
      const expected = others.sort((a, b) => b - a).slice(0, 5)
      const { items, similarities } = model.neighbors(item)
      assert.equal(items.length, 5)
      for (const [place, neighbor] of items.entries()) {
        assert.ok(Math.abs(similarities[place]! - expected[place]!) < 1e-6)
        assert.ok(Math.abs(similarities[place]! - similarity(item, neighbor, shrinkage)) < 1e-6)
      }
    }
  }
})

test('the score of an item is the weighted sum of similarities to the history', async () => {
  const model = await fitItemKnn(interactions, { neighbors: itemCount, shrinkage: 3 })
  const scores = model.score(Uint32Array.of(4, 9), Float32Array.of(1, 0.5))
  for (let item = 0; item < itemCount; item++) {
    const near = item === 4 ? 0 : similarity(4, item, 3)
    const far = item === 9 ? 0 : similarity(9, item, 3)
    assert.ok(Math.abs(scores[item]! - (near + 0.5 * far)) < 1e-6, `item ${item}`)
  }
})

test('items with nothing in common are no neighbours', async () => {
  const apart = { users: Uint32Array.of(0, 1), items: Uint32Array.of(0, 1) }
  const matrix = interactionsOf(apart, { userCount: 2, itemCount: 2 }, 'sum')
  const model = await fitItemKnn(matrix, options)
  assert.equal(model.neighbors(0).items.length, 0)
})

test('options out of range are refused by name', async () => {
  const message = /neighbors 0 must be a whole number >= 1 and <= 10000/
  await assert.rejects(fitItemKnn(interactions, { ...options, neighbors: 0 }), message)
  await assert.rejects(fitItemKnn(interactions, { ...options, shrinkage: -1 }), /shrinkage -1 must/)
})
