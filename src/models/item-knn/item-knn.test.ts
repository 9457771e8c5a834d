import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnTable } from '../drawn-table.suite.ts'
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
const shape = { userCount, itemCount, share: 0.3, weightMax: 4 }
const { table, interactions } = drawnTable('neighbors', shape)

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

test('kept of items to be scored, each of these has its nearest among what can be met', async () => {
  for (const asymmetry of [0.5, 0.2]) {
    const settings = { neighbors: 3, shrinkage: 2, asymmetry, keptOf: 'scored' } as const
    const model = await fitItemKnn(interactions, settings)
    for (let scored = 0; scored < itemCount; scored++) {
      const all = Array.from({ length: itemCount }, (_, met) =>
        met === scored ? 0 : tilted(met, scored, 2, asymmetry),
      )
      const least = all.toSorted((a, b) => b - a)[2]!
      for (const [met, similarity] of all.entries()) {
        const score = model.score(Uint32Array.of(met), Float32Array.of(1))[scored]!
        const expected = similarity >= least ? similarity : 0
        assert.ok(Math.abs(score - expected) < 1e-6, `${met} for ${scored}`)
      }
    }
    for (let item = 0; item < itemCount; item++) {
      const { similarities } = model.neighbors(item)
      assert.deepEqual(similarities, similarities.toSorted().reverse(), 'the nearest first')
    }
  }
})

/** Aiolli 2013, shrunken, from the whole table. */
function tilted(met: number, scored: number, shrinkage: number, asymmetry: number): number {
  const product = (a: number, b: number): number =>
    table.reduce((sum, row) => sum + row[a]! * row[b]!, 0)
  const norms = product(met, met) ** asymmetry * product(scored, scored) ** (1 - asymmetry)
  return product(met, scored) / (norms + shrinkage)
}

test('asymmetry is of what was met, whichever side is kept', async () => {
  const whole = { neighbors: itemCount, shrinkage: 1, asymmetry: 0.9 }
  const models = [
    await fitItemKnn(interactions, { ...whole, keptOf: 'met' }),
    await fitItemKnn(interactions, { ...whole, keptOf: 'scored' }),
  ]
  for (let met = 0; met < itemCount; met++) {
    const [one, other] = models.map((model) => model.score(Uint32Array.of(met), Float32Array.of(1)))
    for (const [item, score] of one!.entries()) {
      assert.ok(Math.abs(score - other![item]!) < 1e-6)
      if (item !== met) assert.ok(Math.abs(score - tilted(met, item, 1, 0.9)) < 1e-6)
    }
  }
})

test('options out of range are refused by name', async () => {
  const message = /neighbors 0 must be a whole number >= 1 and <= 10000/
  await assert.rejects(fitItemKnn(interactions, { ...options, neighbors: 0 }), message)
  await assert.rejects(fitItemKnn(interactions, { ...options, shrinkage: -1 }), /shrinkage -1 must/)
  await assert.rejects(fitItemKnn(interactions, { ...options, asymmetry: 2 }), /asymmetry 2 must/)
  const misspelt = { weighting: 'bm', keptOf: 'seen' } as unknown as { weighting: 'bm25' }
  await assert.rejects(fitItemKnn(interactions, { ...options, ...misspelt }), /weighting "bm" must/)
  const kept = { ...options, ...misspelt, weighting: 'bm25' } as const
  await assert.rejects(fitItemKnn(interactions, kept), /keptOf "seen" must be met or scored/)
})
