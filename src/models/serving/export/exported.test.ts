import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { openSession } from '../../graph/onnx/session.ts'
import { ftrlTrainer } from '../../linear/ftrl.ts'
import { fitLogistic } from '../../logistic/logistic.ts'
import type { RankingModel } from '../../model.ts'
import { plantedFields, plantedRows } from '../../ranking/ranker.suite.ts'
import { fitTreeModel } from '../../trees/tree-model.ts'
import { exported } from './exported.ts'

const rowCount = 300
// A price of millions, a share, and an age that -1 stands for where nobody could tell.
const features = [
  { name: 'price', absent: Number.NaN },
  { name: 'share', absent: Number.NaN },
  { name: 'age', absent: -1 },
]

const random = seededRandom('exported')
const columns = [
  Float32Array.from({ length: rowCount }, () => 5e6 + 100 * random.next()),
  Float32Array.from({ length: rowCount }, () => random.next()),
  Float32Array.from({ length: rowCount }, () => (random.next() < 0.2 ? -1 : 80 * random.next())),
]
columns[1]!.fill(Number.NaN, 0, 20)
columns[1]![21] = Number.POSITIVE_INFINITY
const labels = columns[2]!.map((age, row) => Number(age > 40 !== columns[1]![row]! > 0.7))
const rows = Float32Array.from({ length: 3 * rowCount }, (_, at) => {
  return columns[at % 3]![Math.floor(at / 3)]!
})

/** The file scores, in a bare runtime, as the model does. */
async function agrees(model: RankingModel): Promise<void> {
  await using session = await openSession(await exported(model.save()))
  const found = new Float32Array(rowCount)
  const shape = [rowCount, 1]
  const inputs = features.map(({ name }, at) => [name, { data: columns[at]!, shape }] as const)
  await session.bind(new Map(inputs), new Map([['action', { data: found, shape }]]))()
  const expected = model.predict(columns, rowCount)
  for (const [row, value] of expected.entries()) {
    const error = Math.abs(found[row]! - value)
    assert.ok(error < 1e-6, `row ${row}: ${found[row]}, ${value}`)
  }
  assert.ok(new Set(expected).size > 3, 'something was learned')
}

test('a logistic regression of the feed scores in a bare runtime as here', async () => {
  await agrees(await fitLogistic(rows, labels, { features, l2: 1 }))
})

test('trees of the feed score in a bare runtime as here', async () => {
  const options = { trees: 20, leaves: 8, rowsMin: 5, objective: 'logloss' } as const
  await agrees(await fitTreeModel(rows, labels, { ...options, features }, { seed: 1 }))
})

test('an encoding stands in the metadata of the file, after what every ranker tells', async () => {
  const data = { fields: plantedFields, train: plantedRows(200, { seed: 1 }) }
  const online = { alpha: 0.1, beta: 1, l1: 0.5, l2: 1 }
  const { header, weights } = (await ftrlTrainer(online).fit(data, { seed: 1 })).save()
  const encoding = { set: 'news', learned: { ids: ['a', 'é'] } }
  const file = await exported({ header: { ...header, encoding }, weights })
  const text = Buffer.from(file).toString()
  assert.ok(text.includes('"kind":"number"'), 'the fields are told')
  assert.ok(text.endsWith(JSON.stringify(encoding)))
  await (await openSession(file))[Symbol.asyncDispose]()
})

test('what is no ranker is refused, with those that there are', async () => {
  const asked = exported({ header: { kind: 'ials' }, weights: new Uint8Array() })
  const message = /kind "ials" is no ranker: it must be one of dcn, deep-fm, dense-trees, din/
  await assert.rejects(asked, { code: 'failed_precondition', message })
})
