import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from '../evaluation/auc.ts'
import { fmTrainer } from '../linear/fm.ts'
import { linearTrainer } from '../linear/linear.ts'
import { plantedFields, plantedRows, rankerSuite } from '../ranking/ranker.suite.ts'
import { treeTrainer } from '../trees/tree-ranker.ts'
import { calibratedTrainer } from './calibrated.ts'
import { expectedCalibrationError, reliability } from './reliability.ts'

const linear = linearTrainer({ l2: 1 })

rankerSuite(calibratedTrainer(linear, { method: 'platt' }), {
  ...{ name: 'calibrated by Platt', learnsPairs: false },
})
rankerSuite(
  calibratedTrainer(fmTrainer({ dims: 4, rate: 0.1, l2: 1e-3, epochs: 8 }), { method: 'isotonic' }),
  { name: 'calibrated by steps', aucMin: 0.75 },
)

test('probabilities of a model that is far too sure come true once they are calibrated', async () => {
  const [train, unseen] = [1, 2].map((seed) => plantedRows(2_000, { seed, learnsPairs: false }))
  const sure = treeTrainer({
    ...{ objective: 'logloss', trees: 80, rate: 0.5, rowsMin: 1, l2: 0, oneHotMost: 40 },
  })
  const labels = unseen!.labels.get('click')!
  const data = { fields: plantedFields, train: train! }
  const errorOf = async (chances: readonly Float32Array[]): Promise<number> =>
    expectedCalibrationError(reliability(chances[0]!, labels))
  const raw = await (await sure.fit(data, { seed: 1 })).predict(unseen!)
  assert.ok((await errorOf(raw)) > 0.1, `${await errorOf(raw)}`)
  for (const method of ['platt', 'isotonic'] as const) {
    const model = await calibratedTrainer(sure, { method, heldOut: 0.3 }).fit(data, { seed: 1 })
    const chances = await model.predict(unseen!)
    assert.ok((await errorOf(chances)) < 0.05, `${method} ${await errorOf(chances)}`)
    const inner = (await model.inner.predict(unseen!))[0]!
    assert.ok(Math.abs(auc(chances[0]!, labels)! - auc(inner, labels)!) < 0.01, method)
  }
})

test('a score that is no chance becomes one', async () => {
  const groups = Uint32Array.from({ length: 201 }, (_, list) => 10 * list)
  const train = { ...plantedRows(2_000, { seed: 1, learnsPairs: false }), groups }
  const unseen = plantedRows(2_000, { seed: 2, learnsPairs: false })
  const lists = treeTrainer({ objective: 'lambdamart', trees: 20, oneHotMost: 40 })
  const model = await calibratedTrainer(lists, { method: 'platt' }).fit(
    { fields: plantedFields, train },
    { seed: 1 },
  )
  const [chances] = await model.predict(unseen)
  const error = expectedCalibrationError(reliability(chances!, unseen.labels.get('click')!))
  assert.ok(error < 0.06, `${error}`)
})

test('negatives that were left out are counted again', async () => {
  const whole = plantedRows(8_000, { seed: 1, learnsPairs: false })
  const random = seededRandom('negatives')
  const labels = whole.labels.get('click')!
  const share = 0.2
  const kept = [...labels.keys()].filter((row) => labels[row] === 1 || random.next() < share)
  const { examplesAt } = await import('../ranking/examples.ts')
  const train = examplesAt(whole, plantedFields, Uint32Array.from(kept))
  const options = { method: 'platt', negativeShare: share, heldOut: 0.5 } as const
  const model = await calibratedTrainer(linear, options).fit(
    { fields: plantedFields, train },
    { seed: 1 },
  )
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / 8_000
  const [chances] = await model.predict(whole)
  const [found, expected] = [mean(chances!), mean(labels)]
  assert.ok(Math.abs(found - expected) < 0.03, `${found}, ${expected}`)
  const [inner] = await model.inner.predict(whole)
  assert.ok(mean(inner!) > expected + 0.1)
})

test('options out of range are refused by name', () => {
  assert.throws(() => calibratedTrainer(linear, { method: 'platt', heldOut: 1 }), /heldOut 1 must/)
  assert.throws(
    () => calibratedTrainer(linear, { method: 'platt', negativeShare: 0 }),
    /negativeShare 0 must be > 0 and <= 1/,
  )
})
