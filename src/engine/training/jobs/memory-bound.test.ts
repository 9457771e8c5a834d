import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryBound } from './memory-bound.ts'

const mb = 1024 * 1024

test('what fits beside what is held is granted, to the last byte', () => {
  const bound = memoryBound(128, () => 100 * mb)
  bound.reserve(28 * mb, 'a matrix')
  assert.throws(() => bound.reserve(28 * mb + 1, 'a matrix'), {
    code: 'resource_exhausted',
    message:
      '[resource_exhausted] a matrix would take 29 MB beside the 100 MB held so far, and ' +
      'the job may take 128 MB: raise memoryMb, or let it learn from less',
  })
})

test('a thread that holds more than it may is found out, whatever it holds', () => {
  const arrays = [new Float64Array(4 * mb)]
  assert.equal(memoryBound(4_096).isExceeded(), false)
  assert.equal(memoryBound(32).isExceeded(), true)
  assert.equal(arrays.length, 1)
})
