import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSession } from '../graph/onnx/session.ts'
import type { Artifact, Checkpoints } from '../model.ts'
import { ringItems, ringWalks, stepsOn } from '../sequence.suite.ts'
import { sequencesOf } from '../sequences.ts'
import { fitSelfAttention } from './self-attention.ts'
import { loadSelfAttention, type SelfAttentionModel } from './self-attention-model.ts'

const walks = { train: ringWalks() }
const options = {
  ...{ length: 6, dims: 16, blocks: 2, heads: 2, dropout: 0.05, negatives: 16 },
  ...{ batch: 30, epochs: 60, rate: 0.01, seed: 1 },
}
const learned = fitSelfAttention(walks, options)

const best = (scores: Float32Array): number => scores.indexOf(Math.max(...scores))
const pasts = Array.from({ length: ringItems }, (_, item) =>
  Uint32Array.of(stepsOn(item, -2), stepsOn(item, -1), item),
)

const losses: Readonly<Record<string, ReturnType<typeof fitSelfAttention>>> = {
  'softmax over some': learned,
  'softmax over all': fitSelfAttention(walks, { ...options, negatives: 'all' }),
  gBCE: fitSelfAttention(walks, { ...options, loss: 'gbce' }),
}
for (const [name, learned] of Object.entries(losses)) {
  test(`self-attention puts the next of a ring first, by ${name}`, async () => {
    const model = await learned
    const answers = await model.next(pasts)
    const right = answers.filter((scores, item) => best(scores) === stepsOn(item, 1))
    assert.equal(right.length, ringItems)
  })
}

test('its vectors give its scores, of as many sequences as are asked', async () => {
  const model = await learned
  const many = Array.from({ length: 300 }, (_, row) => pasts[row % ringItems]!)
  const [vectors, answers] = [await model.vectors(many), await model.next(many)]
  assert.equal(vectors.length, 300 * model.dims)
  for (const row of [0, 5, 299]) {
    for (let item = 0; item < ringItems; item++) {
      let product = 0
      for (let k = 0; k < model.dims; k++) {
        product += vectors[row * model.dims + k]! * model.itemVectors[item * model.dims + k]!
      }
      assert.ok(Math.abs(product - answers[row]![item]!) < 1e-3)
    }
  }
})

test('what lies before the window, or comes after, changes nothing', async () => {
  const model = await learned
  const long = Uint32Array.from({ length: 20 }, (_, place) => stepsOn(0, place % 6))
  const [whole, end] = await model.next([long, long.subarray(-6)])
  assert.deepEqual(whole, end)
  // Somebody new is answered too, though nothing is known of them.
  const [nobody] = await model.next([new Uint32Array()])
  assert.ok(nobody!.every(Number.isFinite))
})

test('it scores bit by bit the same after it was saved and loaded', async () => {
  const model = await learned
  const saved = model.save()
  const header = JSON.parse(JSON.stringify({ ...saved.header, entryOfTheTrainer: 'kept' }))
  const loaded = loadSelfAttention({ header, weights: saved.weights })
  assert.deepEqual(loaded.save(), saved)
  assert.deepEqual(await loaded.next(pasts), await model.next(pasts))
  const refused = (artifact: Artifact, code: string) =>
    assert.throws(() => loadSelfAttention(artifact), { code })
  refused(
    { header: { ...header, kind: 'stranger' }, weights: saved.weights },
    'failed_precondition',
  )
  refused({ header, weights: saved.weights.subarray(4) }, 'data_loss')
  refused({ header: { ...header, heads: 3 }, weights: saved.weights }, 'data_loss')
})

test('a file of ONNX gives the same scores, whatever runs it', async () => {
  const model = await learned
  await using session = await openSession(model.toOnnx())
  assert.deepEqual([...session.inputs].sort(), ['gaps', 'past'])
  assert.deepEqual([...session.outputs].sort(), ['scores', 'vector'])
  // As the names say it: rows of the table are items from 1, and 0 is nothing.
  const [length, width] = [options.length, model.itemCount + 1]
  const items = pasts[0]!
  const past = BigInt64Array.from({ length }, (_, place) =>
    place < length - 3 ? 0n : BigInt(items[place - length + 3]! + 1),
  )
  const gaps = Float32Array.from({ length }, (_, place) => (place < length - 3 ? -64 : 0))
  const scores = new Float32Array(width)
  await session.bind(
    new Map([
      ['past', { data: past, shape: [1, length] }],
      ['gaps', { data: gaps, shape: [1, 1, 1, length] }],
    ]),
    new Map([['scores', { data: scores, shape: [1, width] }]]),
  )()
  const [expected] = await model.next([items])
  assert.deepEqual(scores.subarray(1), expected)
})

const short = { ...options, epochs: 3 }

test('one seed gives one model, and another gives another', async () => {
  const [one, same, other] = [
    await fitSelfAttention(walks, short),
    await fitSelfAttention(walks, short),
    await fitSelfAttention(walks, { ...short, seed: 2 }),
  ]
  assert.deepEqual(same.save(), one.save())
  assert.notDeepEqual(other.save(), one.save())
})

test('broken off and gone on from a checkpoint it is the same model, bit by bit', async () => {
  const kept = new Map<string, Artifact>()
  const checkpoints: Checkpoints = {
    read: async (name) => kept.get(name),
    write: async (name, artifact) => {
      kept.set(name, artifact)
    },
  }
  const whole = await fitSelfAttention(walks, short)
  const reason = new Error('enough')
  const stop = new AbortController()
  const shares: number[] = []
  const onProgress = (share: number): void => {
    shares.push(share)
    if (share > 0.5) stop.abort(reason)
  }
  const run = { ...short, checkpoints, checkpointSteps: 1, onProgress }
  await assert.rejects(fitSelfAttention(walks, { ...run, signal: stop.signal }), reason)
  assert.ok(shares.at(-1)! < 1)
  const resumed = await fitSelfAttention(walks, { ...short, checkpoints, checkpointSteps: 1 })
  assert.deepEqual(resumed.save(), whole.save())
})

test('it stops where the validation part does not get better, and keeps the best', async () => {
  // Nothing of it can be learned: the target never follows.
  const validation = pasts.map((past, item) => ({ past, target: stepsOn(item, -1) }))
  const judged: number[] = []
  const report = (value: number): void => {
    judged.push(value)
  }
  const run = { ...options, patience: 2, report }
  const model: SelfAttentionModel = await fitSelfAttention({ ...walks, validation }, run)
  assert.ok(judged.length < options.epochs, `${judged.length} epochs`)
  assert.equal(judged.indexOf(Math.max(...judged)), judged.length - 3)
  assert.equal(model.itemCount, ringItems)
})

test('what it will hold is told before it is taken, and may be refused', async () => {
  const told: [number, string][] = []
  const refuse = (sizeBytes: number, what: string): never => {
    told.push([sizeBytes, what])
    throw new Error('too much')
  }
  const few = fitSelfAttention(walks, { ...short, reserve: refuse })
  await assert.rejects(few, /too much/)
  const more = fitSelfAttention(walks, { ...short, dims: 64, reserve: refuse })
  await assert.rejects(more, /too much/)
  assert.ok(told[1]![0] > 2 * told[0]![0], told.join(' '))
})

test('what it cannot take is refused, with what it can', async () => {
  const wrong: [string, object][] = [
    ['length', { length: 1 }],
    ['dims', { dims: 15 }],
    ['blocks', { blocks: 0 }],
    ['heads', { heads: 0.5 }],
    ['dropout', { dropout: 1 }],
    ['negatives', { negatives: 0 }],
    ['loss', { loss: 'hinge' }],
    ['loss', { loss: 'gbce', negatives: 'all' }],
    ['calibration', { calibration: 1.1 }],
    ['judgedMax', { judgedMax: 0 }],
    ['epochs', { epochs: 0 }],
  ]
  for (const [field, changes] of wrong) {
    await assert.rejects(fitSelfAttention(walks, { ...short, ...changes }), {
      code: 'invalid_argument',
      field,
    })
  }
  const lone = { train: sequencesOf([[1], [], [2]], 3) }
  await assert.rejects(fitSelfAttention(lone, short), { field: 'train' })
})
