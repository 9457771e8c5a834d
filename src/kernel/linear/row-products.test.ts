import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { rowProducts } from './row-products.ts'

test('each row is multiplied with the vector, for any number of rows', () => {
  const random = seededRandom('rows')
  for (let rowCount = 0; rowCount <= 9; rowCount++) {
    const width = 1 + random.below(6)
    const rows = Float32Array.from({ length: rowCount * width }, () => random.next() - 0.5)
    const vector = Float32Array.from({ length: width }, () => random.next() - 0.5)
    const products = rowProducts(rows, width, vector)
    assert.equal(products.length, rowCount)
    for (let row = 0; row < rowCount; row++) {
      const expected = vector.reduce((sum, value, k) => sum + value * rows[row * width + k]!, 0)
      assert.ok(Math.abs(products[row]! - expected) < 1e-6, `row ${row} of ${rowCount}`)
    }
  }
})
