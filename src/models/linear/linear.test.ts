import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { logloss } from '../evaluation/logloss.ts'
import { fitLogistic } from '../logistic/logistic.ts'
import type { Field } from '../ranking/field.ts'
import { plantedFields, plantedRows, rankerSuite } from '../ranking/ranker.suite.ts'
import type { Examples } from '../ranking/rows.ts'
import { keptSteps } from '../trainer.suite.ts'
import { ftrlTrainer } from './ftrl.ts'
import { linearTrainer } from './linear.ts'

const trainer = linearTrainer({ l2: 2 })

rankerSuite(trainer, { learnsPairs: false })

const train = plantedRows(800, { seed: 3, learnsPairs: false })
const labels = train.labels.get('click')!

/** Σ logloss + l2 / 2 Σ w², of a model that is asked. */
async function penalised(model: Awaited<ReturnType<typeof trainer.fit>>, rows: Examples) {
  const [chances] = await model.predict(rows)
  const squares = model.parts.sums[0]!.weights.reduce((sum, weight) => sum + weight ** 2, 0)
  return rows.rowCount * logloss(chances!, labels) + squares
}

test('a fit that was broken off goes on to the same bits, head by head', async () => {
  const others = plantedRows(800, { seed: 3, head: 'like', learnsPairs: false }).labels
  const data = {
    fields: plantedFields,
    train: { ...train, labels: new Map([...train.labels, ...others]) },
  }
  const whole = (await trainer.fit(data, { seed: 1 })).save()
  const all = keptSteps()
  await trainer.fit(data, { seed: 1, checkpoints: all.checkpoints })
  assert.ok(all.count.written > 10)
  // Within the first head, at its end, and within the second.
  for (const most of [3, Math.floor(all.count.written / 2), all.count.written - 2]) {
    const { checkpoints, count } = keptSteps()
    const stop = new AbortController()
    const reason = new Error('killed')
    const kept = {
      ...checkpoints,
      async write(...given: Parameters<typeof checkpoints.write>) {
        await checkpoints.write(...given)
        if (count.written === most) stop.abort(reason)
      },
    }
    const broken = trainer.fit(data, { seed: 1, checkpoints: kept, signal: stop.signal })
    await assert.rejects(broken, reason)
    assert.deepEqual((await trainer.fit(data, { seed: 1, checkpoints })).save(), whole)
    assert.equal(count.written, all.count.written, 'no step is made twice')
  }
})

test('no other weight of one slot makes the loss less', async () => {
  const model = await trainer.fit({ fields: plantedFields, train }, { seed: 1 })
  const least = await penalised(model, train)
  const { weights } = model.parts.sums[0]!
  for (const slot of [1, 8, 22, 40, 51, 60]) {
    const weight = weights[slot]!
    for (const step of [-0.05, 0.05]) {
      weights[slot] = weight + step
      assert.ok((await penalised(model, train)) > least, `slot ${slot}, ${step}`)
    }
    weights[slot] = weight
  }
})

test('over numbers alone it is the dense regression', async () => {
  const random = seededRandom('numbers')
  const values = Float32Array.from({ length: 600 }, () => 5 + 100 * random.next())
  const clicks = Float32Array.from({ length: 300 }, (_, row) =>
    random.next() < 1 / (1 + Math.exp((values[2 * row]! - values[2 * row + 1]!) / 30)) ? 1 : 0,
  )
  const column = (at: number) => Float32Array.from(clicks, (_, row) => values[2 * row + at]!)
  const names = ['price', 'age']
  const numbers = names.map((name): Field => ({ kind: 'number', name, side: 'item' }))
  const columns = new Map(names.map((name, at) => [name, column(at)]))
  const examples = { rowCount: 300, columns, labels: new Map([['click', clicks]]) }
  const features = names.map((name) => ({ name, absent: Number.NaN }))
  const dense = await fitLogistic(values, clicks, { features, l2: 2 })
  const sparse = await trainer.fit({ fields: numbers, train: examples }, { seed: 1 })
  const [found] = await sparse.predict(examples)
  const expected = dense.predict([column(0), column(1)], 300)
  for (const [row, chance] of found!.entries()) {
    assert.ok(Math.abs(chance - expected[row]!) < 1e-4, `${chance}, expected ${expected[row]}`)
  }
})

test('a number that is absent has a weight of its own', async () => {
  const count = 200
  const clicks = Float32Array.from({ length: count }, (_, row) => (row % 4 === 0 ? 1 : 0))
  const ages = Float32Array.from(clicks, (click, row) => (click === 1 ? Number.NaN : row % 7))
  const examples = {
    rowCount: count,
    columns: new Map([['age', ages]]),
    labels: new Map([['click', clicks]]),
  }
  const field: Field = { kind: 'number', name: 'age', side: 'item' }
  const model = await trainer.fit({ fields: [field], train: examples }, { seed: 1 })
  const [chances] = await model.predict(examples)
  assert.ok(chances![0]! > 0.8 && chances![1]! < 0.2, `${chances![0]}, ${chances![1]}`)
})

test('each head is learned by itself', async () => {
  const likes = labels.map((click) => 1 - click)
  const both = new Map([
    ['click', labels],
    ['like', likes],
  ])
  const model = await trainer.fit(
    { fields: plantedFields, train: { ...train, labels: both } },
    { seed: 1 },
  )
  assert.deepEqual(model.heads, ['click', 'like'])
  const [clicks, liked] = await model.predict(train)
  for (const [row, chance] of clicks!.entries()) {
    assert.ok(Math.abs(chance + liked![row]! - 1) < 1e-2, `row ${row}`)
  }
})

test('a row that weighs two counts as much as two rows', async () => {
  const twice = plantedRows(800, { seed: 3, learnsPairs: false })
  const weights = Float32Array.from(labels, (_, row) => (row < 400 ? 2 : 0))
  const half = { ...twice, weights }
  const first = Uint32Array.from({ length: 800 }, (_, row) => row % 400)
  const { examplesAt } = await import('../ranking/examples.ts')
  const doubled = examplesAt(twice, plantedFields, first)
  const models = await Promise.all(
    [half, doubled].map((rows) =>
      trainer.fit({ fields: withoutNumbers, train: rows }, { seed: 1 }),
    ),
  )
  const [one, other] = await Promise.all(models.map((model) => model.predict(train)))
  for (const [row, chance] of one![0]!.entries()) {
    assert.ok(Math.abs(chance - other![0]![row]!) < 1e-3, `row ${row}`)
  }
})

/** The scale of a number is that of all rows alike. */
const withoutNumbers = plantedFields.filter(({ kind }) => kind !== 'number')

test('options out of range are refused by name', async () => {
  const fit = (options: { l2: number; stepsMost?: number }) =>
    linearTrainer(options).fit({ fields: plantedFields, train }, { seed: 1 })
  await assert.rejects(fit({ l2: 0 }), /l2 0 must be finite and > 0/)
  await assert.rejects(fit({ l2: 1, stepsMost: 0 }), /stepsMost 0 must be/)
  const one = { ...train, labels: new Map([['click', new Float32Array(800)]]) }
  await assert.rejects(
    trainer.fit({ fields: plantedFields, train: one }, { seed: 1 }),
    /must hold both positives and negatives/,
  )
})

test('what FTRL learns in many passes without L1 comes near the batch fit', async () => {
  // The stream counts each pass as new rows: beside a hundred times as many, L2 is a hundredth.
  const online = ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0, l2: 100, epochs: 100 })
  const data = { fields: plantedFields, train }
  const [batch, stream] = await Promise.all([
    linearTrainer({ l2: 1 }).fit(data, { seed: 1 }),
    online.fit(data, { seed: 1 }),
  ])
  const [[expected], [found]] = await Promise.all([batch.predict(train), stream.predict(train)])
  const difference =
    found!.reduce((sum, chance, row) => sum + Math.abs(chance - expected![row]!), 0) / 800
  assert.ok(difference < 0.02, `${difference}`)
})
