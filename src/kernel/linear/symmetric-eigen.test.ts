import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

for (const size of [1, 2, 5, 40]) {
  test(`the vectors of ${size} rows are turned into nothing but longer ones`, () => {
    const random = seededRandom(size)
    const matrix = new Float64Array(size * size)
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        const value = random.next() - 0.5
        matrix[row * size + column] = value
        matrix[column * size + row] = value
      }
    }
    const { values, vectors } = symmetricEigen(matrix, size)
    for (let k = 0; k < size; k++) {
      if (k > 0) assert.ok(values[k]! <= values[k - 1]!)
      let length = 0
      for (let row = 0; row < size; row++) {
        let turned = 0
        for (let column = 0; column < size; column++) {
          turned += matrix[row * size + column]! * vectors[column * size + k]!
        }
        assert.ok(Math.abs(turned - values[k]! * vectors[row * size + k]!) < 1e-10)
        length += vectors[row * size + k]! ** 2
      }
      assert.ok(Math.abs(length - 1) < 1e-12)
    }
  })
}

test('what is diagonal already is told in order', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3)
  assert.deepEqual([...values], [3, 2, 1])
  assert.deepEqual([...vectors], [0, 0, 1, 1, 0, 0, 0, 1, 0])
})
