import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interactionsOf } from '../interactions.ts'
import { fitItemKnn } from './item-knn.ts'
import { weighted } from './weighting.ts'

/** User 0 met all three items, user 1 the first twice, user 2 the last. */
const interactions = interactionsOf(
  {
    users: Uint32Array.of(0, 0, 0, 1, 2),
    items: Uint32Array.of(0, 1, 2, 0, 2),
    weights: Float32Array.of(1, 1, 4, 2, 1),
  },
  { userCount: 3, itemCount: 3 },
  'sum',
)

function assertWeights(actual: Float32Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [cell, value] of expected.entries()) assert.ok(Math.abs(actual[cell]! - value) < 1e-6)
}

test('users who met little say more than those who met everything', () => {
  const [common, rare] = [Math.log(2), Math.log(4)]
  const { weights } = weighted(interactions, 'tf-idf')
  assertWeights(weights, [common, common, 2 * common, Math.SQRT2 * rare, rare])
  assert.equal(weighted(interactions, 'cosine'), interactions)
})

test('by bm25 more of the same counts less and less, and much-met items are held back', () => {
  const [common, rare] = [Math.log(2), Math.log(4)]
  // The items weigh 3, 1 and 5; 3 on average.
  const term = (weight: number, length: number): number =>
    (weight * 2.2) / (weight + 1.2 * (0.25 + (0.75 * length) / 3))
  const expected = [
    ...[term(1, 3) * common, term(1, 1) * common, term(4, 5) * common],
    ...[term(2, 3) * rare, term(1, 5) * rare],
  ]
  assertWeights(weighted(interactions, 'bm25').weights, expected)
})

test('bm25 is a product, which is divided by nothing', async () => {
  const { weights } = weighted(interactions, 'bm25')
  const options = { neighbors: 3, shrinkage: 50, weighting: 'bm25' } as const
  const model = await fitItemKnn(interactions, options)
  const scores = model.score(Uint32Array.of(0), Float32Array.of(1))
  assertWeights(scores, [0, weights[0]! * weights[1]!, weights[0]! * weights[2]!])
})
