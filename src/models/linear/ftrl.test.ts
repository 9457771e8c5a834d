import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plantedFields, plantedRows, rankerSuite } from '../ranking/ranker.suite.ts'
import { roundsSuite } from '../trainer.suite.ts'
import { ftrlTrainer } from './ftrl.ts'
import { onlineSuite } from './online.suite.ts'

const options = { alpha: 0.2, beta: 1, l1: 0.5, l2: 1 }
const trainer = ftrlTrainer({ ...options, epochs: 3 })

rankerSuite(trainer, { learnsPairs: false })
onlineSuite(trainer)

test('a row is learned as the paper writes it', () => {
  const [user] = plantedFields
  const learner = ftrlTrainer(options).start({ fields: [user!], heads: ['click'], seed: 1 })
  const learn = (id: number, label: number) =>
    learner.learn({
      rowCount: 1,
      columns: new Map([['user', Uint32Array.of(id)]]),
      labels: new Map([['click', Float32Array.of(label)]]),
    })
  // z and n of the bias and of the one slot, by algorithm 1 written out.
  const { alpha, beta, l1, l2 } = options
  const [bias, slot] = [
    { z: 0, n: 0 },
    { z: 0, n: 0 },
  ]
  const weight = () =>
    Math.abs(slot.z) <= l1
      ? 0
      : (Math.sign(slot.z) * l1 - slot.z) / ((beta + Math.sqrt(slot.n)) / alpha + l2)
  const ofBias = () => (-bias.z * alpha) / (beta + Math.sqrt(bias.n))
  for (const label of [1, 1, 0, 1, 1, 1, 0, 1]) {
    learn(7, label)
    const [held, biasHeld] = [weight(), ofBias()]
    const slope = 1 / (1 + Math.exp(-(held + biasHeld))) - label
    for (const [state, before] of [
      [bias, biasHeld],
      [slot, held],
    ] as const) {
      const sigma = (Math.sqrt(state.n + slope ** 2) - Math.sqrt(state.n)) / alpha
      state.z += slope - sigma * before
      state.n += slope ** 2
    }
    const [sum] = learner.model().parts.sums
    assert.ok(Math.abs(sum!.weights[7]! - weight()) < 1e-12)
    assert.ok(Math.abs(sum!.bias - ofBias()) < 1e-12)
  }
  assert.notEqual(weight(), 0)
})

test('the more L1, the more weights are exactly 0', async () => {
  const train = plantedRows(1_000, { seed: 4, learnsPairs: false })
  const zeros = async (l1: number): Promise<number> => {
    const model = await ftrlTrainer({ ...options, l1 }).fit(
      { fields: plantedFields, train },
      { seed: 1 },
    )
    return model.parts.sums[0]!.weights.filter((weight) => weight === 0).length
  }
  const [few, more, most] = [await zeros(0), await zeros(2), await zeros(1e6)]
  assert.ok(few < more && more < most, `${few}, ${more}, ${most}`)
})

test('with validation the best of the passes is kept', async () => {
  const [train, validation] = [4, 5].map((seed) => plantedRows(150, { seed, learnsPairs: false }))
  const data = { fields: plantedFields, train: train!, validation: validation! }
  const wild = { alpha: 5, beta: 1, l1: 0, l2: 0 }
  const early = await ftrlTrainer({ ...wild, epochs: 30, patience: 2 }).fit(data, { seed: 1 })
  const { train: rows, fields } = data
  const late = await ftrlTrainer({ ...wild, epochs: 30 }).fit({ fields, train: rows }, { seed: 1 })
  const { logloss } = await import('../evaluation/logloss.ts')
  const lossOf = async (model: typeof early) =>
    logloss((await model.predict(validation!))[0]!, validation!.labels.get('click')!)
  assert.ok((await lossOf(early)) < (await lossOf(late)))
})

test('options out of range are refused by name', () => {
  const refused = (change: Partial<typeof options>, message: RegExp): void => {
    assert.throws(() => ftrlTrainer({ ...options, ...change }), message)
  }
  refused({ alpha: 0 }, /alpha 0 must be finite and > 0/)
  refused({ beta: -1 }, /beta -1 must be finite and > 0/)
  refused({ l1: Number.NaN }, /l1 NaN must be finite and >= 0/)
  refused({ l2: -1 }, /l2 -1 must be finite and >= 0/)
})

const some = plantedRows(300, { seed: 1, head: 'click', learnsPairs: false })
const others = plantedRows(100, { seed: 2, head: 'click', learnsPairs: false })
const lesson = { fields: plantedFields, train: some, validation: others }
roundsSuite(ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0.1, l2: 1, epochs: 6, patience: 9 }), lesson)
