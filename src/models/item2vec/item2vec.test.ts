import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { historyModelSuite } from '../model.suite.ts'
import { sequencesOf } from '../sequences.ts'
import { fitItem2vec, type Item2vecOptions, loadItem2vec } from './item2vec.ts'

const options: Item2vecOptions = {
  ...{ dims: 8, passes: 30, window: 10, negatives: 5, negativePower: 0.75, rate: 0.05, seed: 1 },
}

historyModelSuite(
  {
    kind: 'item2vec',
    fit: (interactions, run) => fitItem2vec(interactions, { ...options, ...run }),
    load: loadItem2vec,
  },
  { inRounds: true },
)

/** Walks around a ring: each item is followed by the next, or the one after it. */
function ring(itemCount: number, rowCount: number) {
  const random = seededRandom('ring')
  const rows = Array.from({ length: rowCount }, () => {
    let item = random.below(itemCount)
    return Array.from({ length: 12 }, () => (item = (item + 1 + random.below(2)) % itemCount))
  })
  return sequencesOf(rows, itemCount)
}

test('of sequences, what comes near each other lies near each other', async () => {
  const model = await fitItem2vec(ring(40, 800), { ...options, window: 2, dims: 16 })
  for (const item of [0, 7, 39]) {
    const scores = model.score(Uint32Array.of(item), Float32Array.of(1))
    const at = (apart: number): number => scores[(item + apart + 40) % 40]!
    const near = Math.min(at(-2), at(-1), at(1), at(2))
    const far = Array.from({ length: 21 }, (_, step) => at(10 + step))
    assert.ok(near > Math.max(...far), `${near} is not above ${far}`)
  }
})

test('threads that race learn the same ring', async () => {
  const chosen = { ...options, window: 2, passes: 10, dims: 16, threads: 2 }
  const model = await fitItem2vec(ring(40, 800), chosen)
  const scores = model.score(Uint32Array.of(7), Float32Array.of(1))
  assert.ok(scores[8]! > scores[20]! && scores[6]! > scores[27]!)
})

test('options out of range are refused by name', async () => {
  const refused = (change: Partial<Item2vecOptions>, message: RegExp): Promise<void> =>
    assert.rejects(fitItem2vec(ring(5, 5), { ...options, ...change }), message)
  await refused({ dims: 0 }, /dims 0 must be a whole number >= 1 and <= 1024/)
  await refused({ window: 0 }, /window 0 must be/)
  await refused({ negatives: 101 }, /negatives 101 must be/)
  await refused({ negativePower: 2 }, /negativePower 2 must be >= -1 and <= 1/)
  await refused({ rate: 0 }, /rate 0 must be finite and > 0/)
})
