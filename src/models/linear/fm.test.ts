import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auc } from '../evaluation/auc.ts'
import { plantedFields, plantedRows, rankerSuite } from '../ranking/ranker.suite.ts'
import { roundsSuite } from '../trainer.suite.ts'
import { fmTrainer } from './fm.ts'
import { linearTrainer } from './linear.ts'
import { onlineSuite } from './online.suite.ts'

const options = { dims: 4, rate: 0.1, l2: 1e-3, epochs: 12 }
const trainer = fmTrainer(options)

rankerSuite(trainer)
onlineSuite(trainer)

test('the odds are the bias, the weights and the products of all pairs', async () => {
  const train = plantedRows(300, { seed: 6 })
  const model = await trainer.fit({ fields: plantedFields, train }, { seed: 1 })
  const { slots, scales, dims, sums } = model.parts
  const [{ bias, weights, vectors }] = sums as [(typeof sums)[number]]
  const { sparseRows } = await import('./sparse-rows.ts')
  const rows = sparseRows(train, slots, scales)
  const [chances] = await model.predict(train)
  for (let row = 0; row < 300; row++) {
    const places = Array.from(
      { length: rows.starts[row + 1]! - rows.starts[row]! },
      (_, index) => rows.starts[row]! + index,
    )
    let odds = bias
    for (const [index, one] of places.entries()) {
      odds += weights[rows.slots[one]!]! * rows.values[one]!
      for (const other of places.slice(index + 1)) {
        let product = 0
        for (let k = 0; k < dims; k++) {
          const [left, right] = [rows.vectors[one]! * dims + k, rows.vectors[other]! * dims + k]
          product += vectors[left]! * vectors[right]!
        }
        odds += product * rows.values[one]! * rows.values[other]!
      }
    }
    const expected = 1 / (1 + Math.exp(-odds))
    assert.ok(Math.abs(chances![row]! - expected) < 1e-6, `row ${row}`)
  }
})

test('a history and a candidate of one table share their vectors, not their weights', async () => {
  const { slotsOf } = await import('./slots.ts')
  const slots = slotsOf(plantedFields)
  const [item, history] = [1, 3]
  assert.equal(slots.vectors[item], slots.vectors[history])
  assert.notEqual(slots.starts[item], slots.starts[history])
  assert.equal(slots.vectorCount, 21 + 31 + 2)
  assert.equal(slots.slotCount, 21 + 31 + 2 + 31)
})

test('it tells pairs that a sum cannot', async () => {
  const [train, unseen] = [7, 8].map((seed) => plantedRows(2_000, { seed }))
  const data = { fields: plantedFields, train: train! }
  const aucOf = async (model: { predict: typeof pairs.predict }) =>
    auc((await model.predict(unseen!))[0]!, unseen!.labels.get('click')!)!
  const pairs = await trainer.fit(data, { seed: 1 })
  const sum = await linearTrainer({ l2: 1 }).fit(data, { seed: 1 })
  const [one, other] = [await aucOf(pairs), await aucOf(sum)]
  assert.ok(one > other + 0.15, `${one}, ${other}`)
})

test('options out of range are refused by name', () => {
  const refused = (change: Partial<typeof options>, message: RegExp): void => {
    assert.throws(() => fmTrainer({ ...options, ...change }), message)
  }
  refused({ dims: 0 }, /dims 0 must be a whole number >= 1 and <= 1024/)
  refused({ rate: 0 }, /rate 0 must be finite and > 0/)
  refused({ l2: -1 }, /l2 -1 must be finite and >= 0/)
})

const some = plantedRows(300, { seed: 1, head: 'click', learnsPairs: false })
const others = plantedRows(100, { seed: 2, head: 'click', learnsPairs: false })
const lesson = { fields: plantedFields, train: some, validation: others }
roundsSuite(fmTrainer({ dims: 4, rate: 0.1, l2: 1e-4, epochs: 6, patience: 9 }), lesson)
