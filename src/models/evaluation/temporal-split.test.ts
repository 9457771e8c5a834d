import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalTemporalSplit } from './temporal-split.ts'

test('rows are split at one moment, and keep their order', () => {
  const { at, before, after } = globalTemporalSplit([50, 10, 40, 20, 30], 0.6)
  assert.equal(at, 40)
  assert.deepEqual([...before], [1, 3, 4])
  assert.deepEqual([...after], [0, 2])
})

test('rows of one moment stay together, on the later side', () => {
  const { before, after } = globalTemporalSplit([1, 2, 2, 2, 2, 3], 0.5)
  assert.deepEqual([...before], [0])
  assert.equal(after.length, 5)
})

test('what cannot be split is refused', () => {
  assert.throws(() => globalTemporalSplit([1, 2], 1), /share 1 must be > 0 and < 1/)
  assert.throws(() => globalTemporalSplit([1, 2], Number.NaN), /share NaN must/)
  assert.throws(() => globalTemporalSplit([], 0.5), /times are empty/)
})
