import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { packVector, unpackVector } from './packed-vector.ts'

test('every number comes back within half a step', () => {
  const random = seededRandom('packed')
  for (const size of [1e-6, 1, 1e6]) {
    for (const dims of [1, 8, 32, 64]) {
      const vector = Float32Array.from({ length: dims }, () => size * (random.next() - 0.5))
      const step = Math.max(...vector.map(Math.abs)) / 127
      const again = unpackVector(packVector(vector), dims)!
      vector.forEach((value, k) => {
        assert.ok(Math.abs(value - again[k]!) <= step * 0.5001, `${value} became ${again[k]}`)
      })
    }
  }
})

test('what was packed once packs to the same again', () => {
  const once = packVector(Float32Array.of(0.3, -0.7, 0.001, 12))
  assert.equal(packVector(unpackVector(once, 4)!), once)
})

test('at 32 dimensions a vector has 48 letters', () => {
  assert.equal(packVector(new Float32Array(32).fill(1)).length, 48)
})

test('zeros, and what is too small for a float, are zeros', () => {
  assert.deepEqual(unpackVector(packVector(new Float32Array(3)), 3), new Float32Array(3))
  assert.deepEqual(unpackVector(packVector(Float32Array.of(1e-45)), 1), new Float32Array(1))
})

test('what is no vector of the size is none', () => {
  assert.equal(unpackVector('', 3), undefined)
  assert.equal(unpackVector('no base64!', 3), undefined)
  assert.equal(unpackVector(packVector(new Float32Array(4)), 3), undefined)
})
