import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Artifact } from './model.ts'
import { joinWeights, readArtifact } from './weights.ts'

const weights = joinWeights([
  Float32Array.of(1.5, -2),
  Uint32Array.of(7, 8, 9),
  Float64Array.of(Math.PI),
])

function reading(header: object): ReturnType<typeof readArtifact> {
  const artifact = { header: { kind: 'test', ...header }, weights } satisfies Artifact
  return readArtifact(artifact, 'test')
}

test('arrays come out as they were joined, wherever the numbers lie in memory', () => {
  const reader = reading({})
  assert.deepEqual(reader.float32(2), Float32Array.of(1.5, -2))
  assert.deepEqual(reader.uint32(3), Uint32Array.of(7, 8, 9))
  // 20 bytes in, which is no multiple of 8.
  assert.deepEqual(reader.float64(1), Float64Array.of(Math.PI))
  reader.end()
})

test('a part of a larger array is joined as that part', () => {
  assert.equal(joinWeights([Float32Array.of(1, 2, 3).subarray(1, 2)]).length, 4)
})

test('too few and too many bytes are refused', () => {
  assert.throws(() => reading({}).float64(4), /weights hold 28 bytes, at least 32 are needed/)
  const reader = reading({})
  reader.float32(2)
  assert.throws(() => reader.end(), /weights hold 28 bytes, only 8 are needed/)
})

test('header entries of another type are refused by name', () => {
  const reader = reading({ dims: 4, names: ['a'], half: 0.5, mixed: ['a', 1] })
  assert.equal(reader.count('dims'), 4)
  assert.equal(reader.number('half'), 0.5)
  assert.deepEqual(reader.texts('names'), ['a'])
  assert.throws(() => reader.count('half'), /"half" 0.5 must be a whole number/)
  assert.throws(() => reader.number('names'), { code: 'data_loss' })
  assert.throws(() => reader.number('missing'), { code: 'data_loss' })
  assert.throws(() => reader.texts('mixed'), /"mixed" must be a list of texts/)
})

test('an artifact of another kind is refused', () => {
  const artifact = { header: { kind: 'other' }, weights }
  assert.throws(() => readArtifact(artifact, 'test'), { code: 'failed_precondition' })
})
