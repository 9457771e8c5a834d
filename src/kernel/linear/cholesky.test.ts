import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { factorCholesky, solveCholesky } from './cholesky.ts'

/** BᵀB + I for a random B: symmetric and positive definite, with no help from `gram.ts`. */
function randomSystem(size: number): { matrix: Float64Array; solution: Float64Array } {
  const random = seededRandom(size)
  const base = Float64Array.from({ length: size * size }, () => random.next() - 0.5)
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = i === j ? 1 : 0
      for (let k = 0; k < size; k++) sum += base[k * size + i]! * base[k * size + j]!
      matrix[i * size + j] = sum
    }
  }
  return { matrix, solution: Float64Array.from({ length: size }, () => random.next() - 0.5) }
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  return vector.map((_, row) =>
    vector.reduce((sum, value, column) => sum + matrix[row * size + column]! * value, 0),
  )
}

test('the solution of a random system is found again', () => {
  for (const size of [1, 2, 3, 7, 32, 65]) {
    const { matrix, solution } = randomSystem(size)
    const vector = times(matrix, solution)
    assert.equal(solveCholesky(matrix, size, vector), true)
    for (let index = 0; index < size; index++) {
      assert.ok(Math.abs(vector[index]! - solution[index]!) < 1e-10, `size ${size}, x[${index}]`)
    }
  }
})

test('only the lower triangle is read, and the upper one is left alone', () => {
  const { matrix, solution } = randomSystem(5)
  const vector = times(matrix, solution)
  for (let row = 0; row < 5; row++) matrix.fill(Number.NaN, row * 5 + row + 1, row * 5 + 5)
  assert.equal(solveCholesky(matrix, 5, vector), true)
  assert.ok(vector.every((value, index) => Math.abs(value - solution[index]!) < 1e-10))
  assert.ok(Number.isNaN(matrix[1]!))
})

test('a matrix that is not positive definite is refused', () => {
  assert.equal(factorCholesky(Float64Array.of(1, 2, 2, 1), 2), false)
  assert.equal(factorCholesky(Float64Array.of(0), 1), false)
  assert.equal(factorCholesky(Float64Array.of(Number.NaN), 1), false)
  assert.equal(factorCholesky(Float64Array.of(Number.POSITIVE_INFINITY), 1), false)
})
