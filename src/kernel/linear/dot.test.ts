import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { dot } from './dot.ts'

test('every length and every start gives the sum of products', () => {
  const random = seededRandom('dot')
  const left = Float32Array.from({ length: 40 }, () => random.next() - 0.5)
  const right = Float32Array.from({ length: 40 }, () => random.next() - 0.5)
  for (let length = 0; length <= 20; length++) {
    const [a, b] = [random.below(20), random.below(20)]
    let expected = 0
    for (let index = 0; index < length; index++) expected += left[a + index]! * right[b + index]!
    assert.ok(Math.abs(dot(left, a, right, b, length) - expected) < 1e-12, `length ${length}`)
  }
})
