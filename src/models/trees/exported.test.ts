import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSession } from '../graph/onnx/session.ts'
import { fmTrainer } from '../linear/fm.ts'
import { ftrlTrainer } from '../linear/ftrl.ts'
import { linearTrainer } from '../linear/linear.ts'
import { linearOnnx } from '../linear/linear-onnx.ts'
import { plantedFields, plantedRows } from '../ranking/ranker.suite.ts'
import type { Ranker } from '../ranking/ranker.ts'
import { treesOnnx } from './tree-onnx.ts'
import { type TreeRankerOptions, treeTrainer } from './tree-ranker.ts'

const train = plantedRows(400, { seed: 1 })
const like = train.labels.get('click')!.map((label) => 1 - label)
const data = {
  fields: plantedFields,
  train: { ...train, labels: new Map([...train.labels, ['like', like]]) },
}
const unseen = plantedRows(61, { seed: 2 })
// What nobody measured, an infinite number, and somebody who met nothing.
const numbers = unseen.columns.get('freshness')!
numbers[3] = Number.NaN
numbers[4] = Number.POSITIVE_INFINITY
train.columns.get('freshness')!.fill(Number.NaN, 0, 40)
unseen.columns.get('history')!.fill(0, 5 * 4, 6 * 4)
train.columns.get('history')!.fill(0, 0, 30 * 4)

/** A file scores, in a bare runtime, as the model does. */
async function agrees(file: Uint8Array, ranker: Ranker): Promise<void> {
  await using session = await openSession(file)
  const inputs = plantedFields.map(({ name, kind }) => {
    const column = unseen.columns.get(name)!
    const values =
      kind === 'number' ? Float32Array.from(column) : BigInt64Array.from(column, BigInt)
    return [name, { data: values, shape: [61, column.length / 61] }] as const
  })
  const outputs = ranker.heads.map(
    (head) => [head, { data: new Float32Array(61), shape: [61, 1] }] as const,
  )
  await session.bind(new Map(inputs), new Map(outputs))()
  const expected = await ranker.predict(unseen)
  for (const [index, [head, { data: found }]] of outputs.entries()) {
    for (const [row, value] of expected[index]!.entries()) {
      const error = Math.abs(found[row]! - value)
      assert.ok(error < 2e-6, `${head}, row ${row}: ${found[row]}, ${value}`)
    }
    assert.ok(new Set(expected[index]).size > 20, 'something was learned')
  }
}

test('linear models and factorisation machines score in a bare runtime as here', async () => {
  const linear = await linearTrainer({ l2: 1 }).fit(data, { seed: 1 })
  await agrees(linearOnnx(linear), linear)
  const online = { alpha: 0.1, beta: 1, l1: 0.5, l2: 1 }
  const ftrl = await ftrlTrainer(online).fit(data, { seed: 1 })
  await agrees(linearOnnx(ftrl), ftrl)
  const fm = await fmTrainer({ dims: 4, rate: 0.1, l2: 1e-3, epochs: 5 }).fit(data, { seed: 1 })
  await agrees(linearOnnx(fm), fm)
})

const shapes: readonly TreeRankerOptions[] = [
  { objective: 'logloss', oneHotMost: 40 },
  { objective: 'squared', oneHotMost: 0, crosses: [['user', 'item']] },
]

for (const shape of shapes) {
  test(`trees for ${shape.objective} score in a bare runtime as here`, async () => {
    const trainer = treeTrainer({ ...shape, trees: 25, leaves: 12, rowsMin: 5 })
    const ranker = await trainer.fit(data, { seed: 1 })
    await agrees(treesOnnx(ranker), ranker)
  })
}

test('crosses of too many pairs are refused', async () => {
  const ranker = await treeTrainer({ ...shapes[1]!, trees: 2 }).fit(data, { seed: 1 })
  const features = ranker.features.map((feature) =>
    feature.from === 'statistic' && feature.fields.length === 2
      ? { ...feature, fields: feature.fields.map((field) => ({ ...field, size: 2 ** 24 })) }
      : feature,
  )
  assert.throws(() => treesOnnx({ ...ranker, features }), /pairs must be <= 67108864/)
})
