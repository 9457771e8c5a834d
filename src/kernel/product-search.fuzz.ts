import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dot } from './linear/dot.ts'
import { productSearch } from './product-search.ts'
import { seededRandom } from './random.ts'

test('the highest products are what sorting all of them would give', () => {
  const width = 3
  // Small whole numbers make products exact, and ties frequent.
  const vector = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: width, maxLength: width })
  const property = fc.property(
    fc.array(vector, { maxLength: 40, size: 'max' }),
    vector,
    fc.nat(12),
    fc.integer({ min: 1, max: 3 }),
    (rows, user, k, modulus) => {
      const matrix = Float32Array.from(rows.flat())
      const accept = (row: number): boolean => row % modulus === 0
      const found = productSearch(matrix, width).top(Float32Array.from(user), k, accept)
      const product = (row: number): number =>
        rows[row]!.reduce((sum, value, index) => sum + value * user[index]!, 0)
      const expected = [...rows.keys()]
        .filter((row) => accept(row) && product(row) > 0)
        .sort((one, other) => product(other) - product(one))
        .slice(0, k)
      assert.deepEqual([...found].map(product), expected.map(product))
      assert.equal(new Set(found).size, found.length)
      assert.ok(found.every(accept))
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('rows of very different lengths are found in their order', () => {
  const random = seededRandom('rows')
  const [count, width] = [5_000, 16]
  const rows = Float32Array.from({ length: count * width }, (_, index) => {
    const row = Math.floor(index / width)
    return (random.next() - 0.5) / (1 + row)
  })
  const vector = rows.slice(40 * width, 41 * width)
  const search = productSearch(rows, width)
  const products = Array.from({ length: count }, (_, row) =>
    dot(rows, row * width, vector, 0, width),
  )
  const expected = [...products.keys()].sort((one, other) => products[other]! - products[one]!)
  assert.deepEqual([...search.top(vector, 50, () => true)], expected.slice(0, 50))
  assert.ok(Math.abs(search.lengths[40]! ** 2 - products[40]!) < 1e-6)
})
