import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverage, exposureOf, gini, novelty } from './exposure.ts'

test('exposure counts every place in every list', () => {
  assert.deepEqual([...exposureOf([Uint32Array.of(0, 2), [2]], 4)], [1, 0, 2, 0])
})

test('coverage is the share of items shown to anybody', () => {
  assert.equal(coverage(Uint32Array.of(5, 0, 1, 0)), 0.5)
})

test('equal exposure has a gini of 0, and one item that takes all nearly 1', () => {
  assert.equal(gini(Uint32Array.of(3, 3, 3)), 0)
  assert.equal(gini(Uint32Array.of(0, 0, 0, 9)), 0.75)
})

test('the gini is half the mean difference of all pairs, by the mean', () => {
  const counts = [4, 0, 7, 1, 1, 20]
  let difference = 0
  for (const one of counts) for (const other of counts) difference += Math.abs(one - other)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const expected = difference / (2 * counts.length * total)
  assert.ok(Math.abs(gini(Uint32Array.from(counts)) - expected) < 1e-12)
})

test('novelty is the mean surprise of what is shown, in bits', () => {
  const met = [8, 2, 0]
  assert.equal(novelty(Uint32Array.of(1, 0, 0), met, 8), 0)
  assert.equal(novelty(Uint32Array.of(1, 3, 0), met, 8), 1.5)
  assert.equal(novelty(Uint32Array.of(0, 0, 1), met, 8), 3)
})

test('nothing shown has no spread', () => {
  const none = Uint32Array.of(0, 0)
  assert.throws(() => gini(none), /exposure is empty/)
  assert.throws(() => novelty(none, [1, 1], 2), /exposure is empty/)
  assert.throws(() => coverage(new Uint32Array()), /exposure is empty/)
})
