import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logloss } from './logloss.ts'

test('the loss is the mean surprise, by weight', () => {
  assert.equal(logloss([0.5, 0.5], [1, 0]), Math.log(2))
  const expected = -(3 * Math.log(0.8) + Math.log1p(-0.4)) / 4
  assert.ok(Math.abs(logloss([0.8, 0.4], [1, 0], [3, 1]) - expected) < 1e-12)
})

test('a certain error costs much, but not all', () => {
  assert.ok(Math.abs(logloss([0], [1]) - 34.54) < 0.01)
  assert.ok(Math.abs(logloss([1], [0]) - 34.54) < 0.01)
  assert.ok(logloss([1], [1]) < 1e-14)
})

test('a probability that is no number is not hidden', () => {
  assert.ok(Number.isNaN(logloss([Number.NaN, 0.5], [1, 1])))
})

test('no rows have no loss', () => {
  assert.throws(() => logloss([], []), /labels must hold at least one row/)
})
