import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc, groupedAuc } from './auc.ts'

/** The definition: every pair of a positive and a negative. */
function pairwise(scores: readonly number[], labels: readonly number[]): number {
  let [sum, pairCount] = [0, 0]
  for (const [positive, high] of scores.entries()) {
    for (const [negative, low] of scores.entries()) {
      if (labels[positive] !== 1 || labels[negative] !== 0) continue
      sum += high > low ? 1 : high === low ? 0.5 : 0
      pairCount++
    }
  }
  return sum / pairCount
}

test('the area is the share of pairs in the right order, ties counting half', () => {
  const random = seededRandom('auc')
  for (let round = 0; round < 50; round++) {
    const length = 2 + random.below(30)
    const scores = Array.from({ length }, () => random.below(8))
    const labels = Array.from({ length }, (_, row) => (row < 2 ? row : random.below(2)))
    assert.ok(Math.abs(auc(scores, labels)! - pairwise(scores, labels)) < 1e-12)
  }
})

test('without both kinds there is no area', () => {
  assert.equal(auc([1, 2], [1, 1]), undefined)
  assert.equal(auc([], []), undefined)
  assert.equal(groupedAuc([1, 2], [1, 0], [1, 2]), undefined)
})

test('groups weigh by their rows, and those of one kind are left out', () => {
  // Right in group 7 (2 rows), wrong in group 8 (3 rows), nothing to tell in group 9.
  const scores = [2, 1, 1, 2, 3, 5]
  const labels = [1, 0, 1, 0, 0, 1]
  assert.equal(groupedAuc(scores, labels, [7, 7, 8, 8, 8, 9]), 2 / 5)
})
