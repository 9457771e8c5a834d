import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { orthonormalize } from './orthonormal.ts'

const random = seededRandom('columns')

function product(matrix: Float32Array, width: number, left: number, right: number): number {
  let sum = 0
  for (let row = 0; row < matrix.length / width; row++) {
    sum += matrix[row * width + left]! * matrix[row * width + right]!
  }
  return sum
}

test('columns become of length one, at right angles, and span what they spanned', () => {
  const [rowCount, width] = [50, 8]
  const before = Float32Array.from({ length: rowCount * width }, () => random.next() - 0.3)
  const after = before.slice()
  orthonormalize(after, width)
  for (let left = 0; left < width; left++) {
    for (let right = 0; right < width; right++) {
      const expected = left === right ? 1 : 0
      assert.ok(Math.abs(product(after, width, left, right) - expected) < 1e-6)
    }
  }
  // Each old column is a mixture of the new ones: nothing is left when those are taken out.
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < rowCount; row++) {
      let sum = 0
      for (let k = 0; k < width; k++) {
        let share = 0
        for (let each = 0; each < rowCount; each++) {
          share += before[each * width + column]! * after[each * width + k]!
        }
        sum += share * after[row * width + k]!
      }
      assert.ok(Math.abs(sum - before[row * width + column]!) < 1e-5)
    }
  }
})

test('a column that says nothing new becomes zeros', () => {
  const matrix = Float32Array.from({ length: 30 }, () => random.next())
  for (let row = 0; row < 10; row++)
    matrix[row * 3 + 2] = matrix[row * 3]! - 2 * matrix[row * 3 + 1]!
  orthonormalize(matrix, 3)
  for (let row = 0; row < 10; row++) assert.equal(matrix[row * 3 + 2], 0)
})
