import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceModelSuite } from '../sequence.suite.ts'
import { sequencesOf } from '../sequences.ts'
import { fitMarkov, type MarkovOptions } from './markov.ts'
import { loadMarkov } from './markov-model.ts'

const sum: MarkovOptions = {
  window: 3,
  backward: 0,
  repeats: false,
  memory: 3,
  decay: 0.3,
  followers: 100,
  evidence: { form: 'sum', restraint: 0, further: 0 },
}
const product: MarkovOptions = {
  ...sum,
  evidence: { form: 'product', smoothing: 10, strength: 0.7 },
}

for (const options of [sum, product]) {
  sequenceModelSuite({
    kind: 'markov',
    fit: (sequences, run) => fitMarkov(sequences, { ...options, ...run }),
    load: loadMarkov,
  })
}

const few = sequencesOf([[0, 1, 2], [0, 1], [0, 3], [2]], 5)

test('a sum of evidence is the share of each follower, less the farther behind', async () => {
  const model = await fitMarkov(few, sum)
  // After 0 came 1 twice and 3 once, and 2 once two steps on.
  const expected = [0, 2 / 3.5, 0.5 / 3.5, 1 / 3.5, 0]
  close(model.next(Uint32Array.of(0)), expected)
  // What was met before speaks for a decay of it: after 1 there was nothing but 2.
  close(
    model.next(Uint32Array.of(0, 1)),
    expected.map((share, item) => 0.3 * share + (item === 2 ? 1 : 0)),
  )
  close(model.next(Uint32Array.of(4)), [0, 0, 0, 0, 0])
})

test('what is popular may be held back', async () => {
  const options = { ...sum, evidence: { form: 'sum', restraint: 1, further: 0 } } as const
  const model = await fitMarkov(few, options)
  close(model.next(Uint32Array.of(0)), [0, 2 / 3.5 / 2, 0.5 / 3.5 / 2, 1 / 3.5, 0])
})

test('a product of evidence adds log-odds to the logarithm of popularity', async () => {
  const model = await fitMarkov(few, product)
  const shares = [3.5, 2.5, 2.5, 1.5, 0.5].map((met) => met / 10.5)
  close(model.next(new Uint32Array()), shares.map(Math.log))
  const after0 = [0, 2, 0.5, 1, 0]
  const after1 = [0, 0, 1, 0, 0]
  close(
    model.next(Uint32Array.of(0, 1)),
    shares.map((share, item) => {
      const odds = (count: number) => Math.log(1 + count / (10 * share))
      return Math.log(share) + 0.7 * (odds(after1[item]!) + 0.3 * odds(after0[item]!))
    }),
  )
})

test('looked at backwards, what came before an item counts as well', async () => {
  const model = await fitMarkov(few, { ...sum, window: 1, backward: 0.5 })
  // After 1 came 2 once; before it came 0 twice.
  close(model.next(Uint32Array.of(1)), [0.5, 0, 0.5, 0, 0])
})

test('what follows the followers counts by how likely they are', async () => {
  const options = { ...sum, evidence: { form: 'sum', restraint: 0, further: 0.5 } } as const
  const model = await fitMarkov(few, options)
  // After 0 comes 1 in 2 of 3.5, after which there was nothing but 2.
  close(model.next(Uint32Array.of(0)), [0, 2 / 3.5, 0.5 / 3.5 + (0.5 * 2) / 3.5, 1 / 3.5, 0])
})

test('of too many followers the most frequent are kept', async () => {
  const model = await fitMarkov(few, { ...sum, followers: 1 })
  close(model.next(Uint32Array.of(0)), [0, 2 / 3.5, 0, 0, 0])
  assert.deepEqual([...model.followers(0).items], [1])
})

test('an item that comes again follows itself only where repeats are wanted', async () => {
  const again = sequencesOf([[0, 0, 1]], 2)
  close((await fitMarkov(again, sum)).next(Uint32Array.of(0)), [0, 1])
  const model = await fitMarkov(again, { ...sum, repeats: true })
  close(model.next(Uint32Array.of(0)), [1 / 2.5, 1.5 / 2.5])
})

test('what it cannot take is refused, with what it can', async () => {
  const wrong: [string, Partial<MarkovOptions>][] = [
    ['window', { window: 0 }],
    ['memory', { memory: 1.5 }],
    ['followers', { followers: 100_001 }],
    ['backward', { backward: Number.NaN }],
    ['decay', { decay: 0 }],
    ['evidence.restraint', { evidence: { form: 'sum', restraint: 2, further: 0 } }],
    ['evidence.further', { evidence: { form: 'sum', restraint: 0, further: -1 } }],
    ['evidence.smoothing', { evidence: { form: 'product', smoothing: 0, strength: 1 } }],
    ['evidence.strength', { evidence: { form: 'product', smoothing: 1, strength: 1.1 } }],
  ]
  for (const [field, options] of wrong) {
    await assert.rejects(fitMarkov(few, { ...sum, ...options }), {
      code: 'invalid_argument',
      field,
    })
  }
  await assert.rejects(fitMarkov(few, { ...sum, window: 0 }), {
    message: '[invalid_argument] window 0 must be a whole number >= 1 and <= 100',
  })
})

function close(actual: Float32Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [item, value] of expected.entries()) {
    assert.ok(Math.abs(actual[item]! - value) < 1e-5, `item ${item}: ${actual[item]}, ${value}`)
  }
}
