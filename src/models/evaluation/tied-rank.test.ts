import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { ndcgAt, recallAt, reciprocalRank } from './ranked-list.ts'
import { expectedNdcg, expectedRecall, expectedReciprocalRank, tiedRanks } from './tied-rank.ts'

test('a rank counts what is above, and what is tied with it', () => {
  const scores = Float32Array.of(5, 9, 5, 1, 5, Number.NaN, Number.NEGATIVE_INFINITY)
  assert.deepEqual(tiedRanks(scores, [1, 0, 3]), [
    { above: 0, tied: 1 },
    { above: 1, tied: 3 },
    { above: 4, tied: 1 },
  ])
  assert.deepEqual(tiedRanks(scores, [5]), [{ above: 5, tied: 2 }])
})

/** All orders of equal things, each as likely as the others. */
function ordersOf(things: readonly number[]): number[][] {
  if (things.length === 0) return [[]]
  return things.flatMap((thing) =>
    ordersOf(things.filter((other) => other !== thing)).map((rest) => [thing, ...rest]),
  )
}

test('with ties every metric is its mean over all orders of what is tied', () => {
  const scores = Float32Array.of(1, 2, 2, 3, 2, 2, 0)
  const orders = ordersOf([1, 2, 4, 5]).map((tied) => [3, ...tied, 0, 6])
  const mean = (metric: (order: readonly number[]) => number): number =>
    orders.reduce((sum, order) => sum + metric(order), 0) / orders.length
  const near = (actual: number, expected: number): void =>
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, expected ${expected}`)
  for (const targets of [[1], [1, 2], [0, 3, 5], [6, 4]]) {
    const relevant = new Set(targets)
    const ranks = tiedRanks(scores, targets)
    for (let k = 1; k <= 8; k++) {
      near(
        expectedRecall(ranks, k),
        mean((order) => recallAt(order, relevant, k)),
      )
      near(
        expectedNdcg(ranks, k),
        mean((order) => ndcgAt(order, relevant, k)),
      )
    }
    if (targets.length > 1) continue
    near(
      expectedReciprocalRank(ranks[0]!),
      mean((order) => reciprocalRank(order, relevant)),
    )
  }
})

test('no target is no rank', () => {
  assert.throws(() => expectedRecall([], 5), /ranks are empty/)
  assert.throws(() => expectedNdcg([], 5), /ranks are empty/)
})

test('ranks are those of the definition, whatever is tied or no number', () => {
  const random = seededRandom('ranks')
  const low = Number.NEGATIVE_INFINITY
  for (let round = 0; round < 300; round++) {
    const values = [low, Number.NaN, 0, 1, 2, 3, 4]
    const scores = Float32Array.from({ length: 12 }, () => values[random.below(values.length)]!)
    const targets = Array.from({ length: 1 + random.below(4) }, () => random.below(12))
    const known = Array.from(scores, (score) => (Number.isNaN(score) ? low : score))
    const expected = targets.map((target) => ({
      above: known.filter((score) => score > known[target]!).length,
      tied: known.filter((score) => score === known[target]!).length,
    }))
    assert.deepEqual(tiedRanks(scores, targets), expected)
  }
})

test('a reciprocal rank may end at a length', () => {
  assert.equal(expectedReciprocalRank({ above: 2, tied: 1 }, 3), 1 / 3)
  assert.equal(expectedReciprocalRank({ above: 2, tied: 1 }, 2), 0)
  assert.equal(expectedReciprocalRank({ above: 1, tied: 2 }, 2), 1 / 4)
})
