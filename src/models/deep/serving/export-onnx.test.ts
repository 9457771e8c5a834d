import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onnxModel } from '../../graph/onnx/onnx-schema.suite.ts'
import { openSession } from '../../graph/onnx/session.ts'
import { plantedFields, plantedRows } from '../../ranking/planted-rows.suite.ts'
import { deepFamilies } from '../deep-families.ts'
import type { DeepRanker } from '../deep-ranker.ts'
import { deepTrainer } from '../training/deep-trainer.ts'
import { exportOnnx } from './export-onnx.ts'

const train = plantedRows(300, { seed: 1 })
const like = train.labels.get('click')!
const examples = {
  ...train,
  labels: new Map([
    ...train.labels,
    ['like', like],
    ['dwell', like.map((label) => 5 + 30 * label)],
  ]),
}
const unseen = plantedRows(37, { seed: 2 })

for (const family of Object.values(deepFamilies)) {
  test(`a file of ${family.kind} scores in a bare runtime as the model does`, async () => {
    const crosses = [{ fields: ['user', 'item'], buckets: 50 }]
    const settings = { epochs: 2, batch: 50, ...(family.kind === 'wide-deep' && { crosses }) }
    const ranker: DeepRanker = await deepTrainer(family, settings).fit(
      { fields: plantedFields, train: examples },
      { seed: 1 },
    )
    const file = exportOnnx(ranker)
    const found = await scored(file, ranker)
    const expected = await ranker.predict(unseen)
    for (const [place, values] of expected.entries())
      for (const [row, value] of values.entries())
        assert.ok(Math.abs(found[place]![row]! - value) < 1e-6, `row ${row}`)
    // Something was learned: a file of constants would do as well otherwise.
    assert.ok(new Set(expected[0]).size > 30)

    const model = onnxModel(file)
    assert.deepEqual(model.opsetImport, [{ domain: '', version: 17 }])
    for (const node of model.graph.node) assert.equal(node.domain, '', node.opType)
    const rows = (name: string) =>
      model.graph.input.find((input) => input.name === name)?.type.tensorType
    const symbolic = { dim: [{ dimParam: 'rows' }, { dimValue: 1 }] }
    assert.deepEqual(rows('user'), { elemType: 7, shape: symbolic })
    const notes = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]))
    assert.deepEqual(JSON.parse(notes['fields']!), plantedFields)
    assert.deepEqual(JSON.parse(notes['heads']!), ranker.heads)
  })
}

/** As somebody would who knows nothing but the file and its inputs. */
async function scored(file: Uint8Array, { fields, heads }: DeepRanker) {
  await using session = await openSession(file)
  const inputs = fields
    .filter(({ name }) => session.inputs.includes(name))
    .map(({ name, kind }) => {
      const column = unseen.columns.get(name)!
      const data =
        kind === 'number' ? Float32Array.from(column) : BigInt64Array.from(column, BigInt)
      return [name, { data, shape: [37, column.length / 37] }] as const
    })
  const outputs = heads.map(
    (head) => [head, { data: new Float32Array(37), shape: [37, 1] }] as const,
  )
  await session.bind(new Map(inputs), new Map(outputs))()
  return outputs.map(([, { data }]) => data)
}
