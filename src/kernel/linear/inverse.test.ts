import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { invertInSteps } from './inverse.ts'

function invert(matrix: Float64Array, size: number): { done: boolean; work: number } {
  let work = 0
  const steps = invertInSteps(matrix, size)
  for (;;) {
    const { value, done } = steps.next()
    if (done) return { done: value, work }
    work += value
  }
}

/** B Bᵀ + I, of which the smallest eigenvalue is at least 1. */
function positiveDefinite(size: number): Float64Array {
  const random = seededRandom(size)
  const root = Float64Array.from({ length: size * size }, () => random.next() - 0.5)
  const matrix = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = row === column ? 1 : 0
      for (let k = 0; k < size; k++) sum += root[row * size + k]! * root[column * size + k]!
      matrix[row * size + column] = sum
    }
  }
  return matrix
}

for (const size of [1, 2, 3, 63, 64, 65, 130, 201]) {
  test(`a matrix of ${size} times its inverse is the identity`, () => {
    const matrix = positiveDefinite(size)
    const inverse = matrix.slice()
    assert.ok(invert(inverse, size).done)
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum = 0
        for (let k = 0; k < size; k++) {
          sum += matrix[row * size + k]! * inverse[k * size + column]!
        }
        assert.ok(Math.abs(sum - (row === column ? 1 : 0)) < 1e-9, `${row}, ${column}: ${sum}`)
      }
    }
  })
}

test('only the lower triangle is read', () => {
  const whole = positiveDefinite(70)
  const half = whole.slice()
  for (let row = 0; row < 70; row++) half.fill(Number.NaN, row * 70 + row + 1, row * 70 + 70)
  invert(whole, 70)
  invert(half, 70)
  assert.deepEqual(half, whole)
})

test('a matrix that is not positive definite is told', () => {
  assert.equal(invert(Float64Array.of(1, 2, 2, 1), 2).done, false)
  assert.equal(invert(Float64Array.of(Number.NaN), 1).done, false)
})

test('the work that is told is about size cubed / 2', () => {
  const size = 512
  const { work } = invert(positiveDefinite(size), size)
  assert.ok(Math.abs(work / (size ** 3 / 2) - 1) < 0.3, String(work / size ** 3))
})
