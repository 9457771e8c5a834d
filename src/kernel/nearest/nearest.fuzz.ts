import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Measure, NearestOptions } from './nearest.ts'
import { openNearest } from './open-nearest.ts'

const cases = fc.integer({ min: 1, max: 20 }).chain((width) => {
  // Small whole numbers make products exact, and ties frequent.
  const vector = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: width, maxLength: width })
  return fc.record({
    width: fc.constant(width),
    rows: fc.array(vector, { maxLength: 60, size: 'max' }),
    query: vector,
    k: fc.nat(70),
    modulus: fc.integer({ min: 1, max: 4 }),
    above: fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 2),
    measure: fc.constantFrom<Measure>('product', 'cosine'),
  })
})

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, k) => sum + value * right[k]!, 0)

function holds(change: Partial<NearestOptions>): void {
  const property = fc.property(cases, ({ width, rows, query, k, modulus, above, measure }) => {
    const matrix = Float32Array.from(rows.flat())
    const index = openNearest({ rows: matrix, width, measure, seed: 1, recall: 1, ...change })
    const accept = (row: number): boolean => row % modulus === 0
    const found = index.search(Float32Array.from(query), k, { accept, above })
    const length = (vector: readonly number[]): number => Math.sqrt(dot(vector, vector)) || 1
    const score = (row: number): number =>
      measure === 'product'
        ? dot(rows[row]!, query)
        : dot(rows[row]!, query) / length(rows[row]!) / length(query)
    const expected = [...rows.keys()]
      .filter((row) => accept(row) && score(row) > above + 1e-6)
      .map(score)
      .sort((one, other) => other - one)
      .slice(0, k)
    const scores = [...found.rows].map(score)
    // What is as near as the bar, up to rounding, may be found or not.
    assert.ok(found.rows.length >= expected.length && found.rows.length <= k)
    for (const [place, value] of scores.entries()) {
      assert.ok(Math.abs(value - (expected[place] ?? above)) < 1e-5, `${scores} ${expected}`)
      assert.ok(Math.abs(value - found.scores[place]!) < 1e-5)
    }
    assert.equal(new Set(found.rows).size, found.rows.length)
    assert.ok(found.rows.every(accept))
  })
  fc.assert(property, { numRuns: 300 })
}

test('an exact search finds what sorting all rows would', () => holds({}))

test('lists that are all looked through find the same', () => holds({ exactRowsMax: 0 }))
