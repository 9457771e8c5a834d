import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnTable } from '../drawn-table.suite.ts'
import { historyModelSuite } from '../model.suite.ts'
import { loadItemKnn } from './item-knn-model.ts'
import { fitRandomWalk } from './random-walk.ts'

const options = { neighbors: 40, alpha: 1, beta: 0 }

historyModelSuite({
  kind: 'item-knn',
  fit: (interactions, run) => fitRandomWalk(interactions, { ...options, ...run }),
  load: loadItemKnn,
})

const [userCount, itemCount] = [20, 9]
const shape = { userCount, itemCount, share: 0.4, weightMax: 3 }
const { table, interactions } = drawnTable('walks', shape)

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

/** The definition, from the whole table: over all ways of item, user, item. */
function walk(from: number, to: number, alpha: number, beta: number): number {
  const column = table.map((row) => row[from]!)
  const ways = table.map((row, user) => {
    const up = (column[user]! / sum(column)) ** alpha
    const down = (row[to]! / Math.max(1, sum(row))) ** alpha
    return up * down
  })
  return sum(ways) / table.filter((row) => row[to]! > 0).length ** beta
}

test('neighbours are as near as walks lead there, popular ones held back', async () => {
  for (const [alpha, beta] of [
    [1, 0],
    [0.5, 0.3],
    [1.7, 1],
  ] as const) {
    const model = await fitRandomWalk(interactions, { neighbors: itemCount, alpha, beta })
    for (let item = 0; item < itemCount; item++) {
      const all = Array.from({ length: itemCount }, (_, other) =>
        other === item ? 0 : walk(item, other, alpha, beta),
      )
      const { items, similarities } = model.neighbors(item)
      for (const [place, other] of items.entries()) {
        assert.ok(Math.abs(similarities[place]! - all[other]! / sum(all)) < 1e-5)
      }
      assert.equal(items.length, all.filter((value) => value > 0).length)
    }
  }
})

test('kept of items to be scored, the walks that lead to them are as they were', async () => {
  const settings = { neighbors: 4, alpha: 0.6, beta: 0.4, keptOf: 'scored' } as const
  const model = await fitRandomWalk(interactions, settings)
  for (let scored = 0; scored < itemCount; scored++) {
    const all = Array.from({ length: itemCount }, (_, met) =>
      met === scored ? 0 : walk(met, scored, 0.6, 0.4),
    )
    const least = all.toSorted((a, b) => b - a)[3]!
    for (const [met, expected] of all.entries()) {
      const score = model.score(Uint32Array.of(met), Float32Array.of(1))[scored]!
      assert.ok(Math.abs(score - (expected >= least ? expected : 0)) < 1e-6, `${met}, ${scored}`)
    }
  }
})

test('what it cannot take is refused', async () => {
  for (const wrong of [{ alpha: 0 }, { alpha: Number.NaN }, { beta: -0.1 }, { beta: 1.1 }]) {
    await assert.rejects(fitRandomWalk(interactions, { ...options, ...wrong }), {
      code: 'invalid_argument',
      field: Object.keys(wrong)[0],
    })
  }
  await assert.rejects(fitRandomWalk(interactions, { ...options, neighbors: 0 }), {
    field: 'neighbors',
  })
})
