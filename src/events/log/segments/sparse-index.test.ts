import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sparseIndex } from './sparse-index.ts'

const start = { offset: 100, position: 28 }
const kib = 1024

test('an empty index leads to the start of the segment', () => {
  assert.deepEqual(sparseIndex(0, start).before(100_000), start)
})

test('the last noted place that is not behind the offset is found', () => {
  const index = sparseIndex(0, start)
  for (const n of [4, 1, 3, 2]) index.note({ offset: 100 + n * 10, position: n * 100 * kib })
  assert.deepEqual(index.before(109), start)
  assert.deepEqual(index.before(110), { offset: 110, position: 100 * kib })
  assert.deepEqual(index.before(129), { offset: 120, position: 200 * kib })
  assert.deepEqual(index.before(1000), { offset: 140, position: 400 * kib })
})

test('places too near to another are not kept, but for the furthest', () => {
  const index = sparseIndex(0, start)
  index.note({ offset: 120, position: 200 * kib })
  index.note({ offset: 119, position: 199 * kib })
  index.note({ offset: 121, position: 201 * kib })
  index.note({ offset: 122, position: 202 * kib })
  index.note({ offset: 101, position: 29 })
  assert.deepEqual(index.before(119), start)
  assert.deepEqual(index.before(121), { offset: 120, position: 200 * kib })
  assert.deepEqual(index.before(122), { offset: 122, position: 202 * kib })
})
