import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ndcgAt, recallAt, reciprocalRank } from './ranked-list.ts'

const ranked = Uint32Array.of(7, 3, 9, 1, 5)
const relevant = new Set([3, 1, 100])

test('recall is the share of all that is relevant, found among the first k', () => {
  assert.equal(recallAt(ranked, relevant, 1), 0)
  assert.equal(recallAt(ranked, relevant, 2), 1 / 3)
  assert.equal(recallAt(ranked, relevant, 50), 2 / 3)
})

test('the gain is judged by the best list of min(relevant, k) things', () => {
  const [second, third, fourth] = [1 / Math.log2(3), 1 / Math.log2(4), 1 / Math.log2(5)]
  assert.equal(ndcgAt(ranked, relevant, 2), second / (1 + second))
  assert.equal(ndcgAt(ranked, relevant, 5), (second + fourth) / (1 + second + third))
  assert.equal(ndcgAt([1, 3], relevant, 2), 1)
})

test('the reciprocal rank is that of the first relevant thing', () => {
  assert.equal(reciprocalRank(ranked, relevant), 1 / 2)
  assert.equal(reciprocalRank(['a'], new Set(['b'])), 0)
})

test('users with nothing to be found are not averaged by mistake', () => {
  for (const metric of [recallAt, ndcgAt]) {
    assert.throws(() => metric(ranked, new Set<number>(), 5), /relevant is empty/)
  }
  assert.throws(() => reciprocalRank(ranked, new Set<number>()), /relevant is empty/)
})
