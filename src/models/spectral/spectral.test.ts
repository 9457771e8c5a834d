import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historyModelSuite } from '../model.suite.ts'
import { interactions, itemCount, normalized, perItem, sum } from './small-graph.suite.ts'
import { fitSpectral } from './spectral.ts'
import { loadSpectral } from './spectral-model.ts'

historyModelSuite({
  kind: 'spectral',
  fit: (interactions, run) => fitSpectral(interactions, { rank: 4, share: 0.3, ...run }),
  load: loadSpectral,
})

test('without its directions it is two steps over the normalised graph', async () => {
  const model = await fitSpectral(interactions, { rank: 2, share: 0, seed: 1 })
  const scores = model.score(Uint32Array.of(3, 5), Float32Array.of(1, 2))
  for (let item = 0; item < itemCount; item++) {
    const expected = sum(normalized.map((row) => (row[3]! + 2 * row[5]!) * row[item]!))
    assert.ok(Math.abs(scores[item]! - expected) < 1e-5)
  }
})

test('with all directions what is added to the scores is the history itself', async () => {
  const history = [Uint32Array.of(2), Float32Array.of(1)] as const
  const [without, whole] = [
    await fitSpectral(interactions, { rank: itemCount, share: 0, seed: 1 }),
    await fitSpectral(interactions, { rank: itemCount, share: 1, seed: 1 }),
  ]
  const added = whole
    .score(...history)
    .map((score, item) => score - without.score(...history)[item]!)
  for (let item = 0; item < itemCount; item++) {
    assert.ok(Math.abs(added[item]! - (item === 2 ? 1 : 0)) < 1e-4, `${item}: ${added[item]}`)
  }
})

test('the directions are those that keep most of the graph', async () => {
  // |R̃ u|² over the first direction alone is the largest eigenvalue of R̃ᵀR̃, which is 1 here.
  const model = await fitSpectral(interactions, { rank: 1, share: 1, seed: 3 })
  const none = await fitSpectral(interactions, { rank: 1, share: 0, seed: 3 })
  const history = [Uint32Array.of(0), Float32Array.of(1)] as const
  const added = model.score(...history).map((score, item) => score - none.score(...history)[item]!)
  // The first right singular vector is √(item weight), normalised: so each gets its share of all.
  for (let item = 0; item < itemCount; item++) {
    assert.ok(Math.abs(added[item]! - perItem[item]! / sum(perItem)) < 1e-4)
  }
})

test('what it cannot take is refused', async () => {
  for (const wrong of [{ rank: 0 }, { rank: 1.5 }, { share: -1 }, { share: Number.NaN }]) {
    await assert.rejects(fitSpectral(interactions, { rank: 2, share: 1, seed: 1, ...wrong }), {
      code: 'invalid_argument',
      field: Object.keys(wrong)[0],
    })
  }
})
