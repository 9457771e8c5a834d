import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askAll } from './answers.ts'
import { listMetric } from './judge-asked.ts'
import { byOne } from './question.ts'

const of = (...values: number[]) => Uint32Array.from(values)

test('lists lack what was met before, except for what is asked for', async () => {
  const scores = Float32Array.of(5, 4, 3, 2, 1)
  const part = {
    dropsPast: true,
    questions: [
      { user: 0, past: of(0, 1, 1) },
      { user: 1, past: of(0, 2) },
      { user: 2, past: of(0), candidates: of(0, 3, 4) },
    ],
    targets: [of(2, 4), of(2), of(3)],
  }
  const answers = await askAll(
    byOne(() => scores.slice()),
    part,
    { pageLength: 2 },
  )
  assert.deepEqual(answers.ranks, [
    [
      { above: 0, tied: 1 },
      { above: 2, tied: 1 },
    ],
    [{ above: 1, tied: 1 }],
    [{ above: 1, tied: 1 }],
  ])
  assert.deepEqual([...answers.rankedCounts], [3, 4, 3])
  assert.deepEqual(
    answers.pages.map((page) => [...page]),
    [
      [2, 3],
      [1, 2],
      [0, 3],
    ],
  )
})

test('metrics of one list are those worked out by hand', () => {
  // Of ten things, targets at the first and the fourth place.
  const answers = {
    ranks: [
      [
        { above: 0, tied: 1 },
        { above: 3, tied: 1 },
      ],
    ],
    rankedCounts: of(10),
  }
  const at = (name: Parameters<typeof listMetric>[1], k: number) => listMetric(answers, name, k)[0]!
  assert.equal(at('Recall', 3), 0.5)
  assert.equal(at('HR', 3), 1)
  assert.equal(at('MRR', 3), 1)
  assert.ok(Math.abs(at('NDCG', 4) - (1 + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3))) < 1e-12)
  // Of 16 pairs of a target and another, two are the wrong way round.
  assert.equal(at('GAUC', 3), 14 / 16)
})

test('ties count as what chance would make of them', () => {
  const answers = { ranks: [[{ above: 1, tied: 4 }]], rankedCounts: of(5) }
  assert.equal(listMetric(answers, 'HR', 3)[0], 0.5)
  assert.equal(listMetric(answers, 'GAUC', 3)[0], 1 - 2.5 / 4)
  const all = { ranks: [[{ above: 0, tied: 5 }]], rankedCounts: of(5) }
  assert.equal(listMetric(all, 'GAUC', 3)[0], 0.5)
})

test('a candidate list without its target is refused', async () => {
  const part = {
    ...{ dropsPast: false, targets: [of(4)] },
    questions: [{ user: 0, past: of(), candidates: of(1, 2) }],
  }
  const asked = askAll(
    byOne(() => new Float32Array(5)),
    part,
  )
  await assert.rejects(asked, /candidates lack the target 4/)
})
