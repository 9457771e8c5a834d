import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plantedFields, plantedRows } from '../../ranking/planted-rows.suite.ts'
import { deepTrainer } from '../training/deep-trainer.ts'
import { twoTower } from '../two-tower.ts'
import { towerVectors } from './tower-vectors.ts'

test('the product of both vectors is what the model ranks by', async () => {
  const train = plantedRows(500, { seed: 1 })
  const settings = { dims: 6, width: 4, hidden: [8], epochs: 4, batch: 50 }
  const ranker = await deepTrainer(twoTower, settings).fit(
    { fields: plantedFields, train },
    { seed: 1 },
  )
  const unseen = plantedRows(40, { seed: 2 })
  const [scores] = await ranker.predict(unseen)
  const [users, items] = [towerVectors(ranker, 'user'), towerVectors(ranker, 'item')]
  const who = await users.vectorsOf(unseen)
  // The catalogue has columns of its own side alone.
  const columns = new Map(
    [...unseen.columns].filter(([name]) => name === 'item' || name === 'freshness'),
  )
  const what = await items.vectorsOf({ rowCount: 40, columns })
  assert.equal(items.dims, 6)
  assert.equal(what.length, 240)
  const bias = ranker.parts.weights.get('bias')![0]!
  for (let row = 0; row < 40; row++) {
    let product = 0
    for (let k = 0; k < 6; k++) product += who[row * 6 + k]! * what[row * 6 + k]!
    const chance = 1 / (1 + Math.exp(-product - bias))
    assert.ok(Math.abs(chance - scores![row]!) < 1e-6, `row ${row}`)
  }
})

test('a side without fields has no vectors', async () => {
  const train = plantedRows(100, { seed: 1 })
  const fields = plantedFields.filter(({ name }) => name !== 'user' && name !== 'history')
  const fit = deepTrainer(twoTower).fit({ fields, train }, { seed: 1 })
  await assert.rejects(fit, {
    code: 'invalid_argument',
    message: /must hold some of the user's side/,
  })
})
