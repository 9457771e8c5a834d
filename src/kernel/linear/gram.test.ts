import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { addGram, gramOf } from './gram.ts'

function naiveGram(rows: ArrayLike<number>, width: number): Float64Array {
  const gram = new Float64Array(width * width)
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) gram[i * width + j]! += rows[start + i]! * rows[start + j]!
    }
  }
  return gram
}

test('the gram matrix is the sum of outer products, for row counts around the block size', () => {
  const random = seededRandom('gram')
  for (const [rowCount, width] of [
    [0, 3],
    [1, 1],
    [3, 5],
    [127, 4],
    [128, 4],
    [131, 7],
    [300, 2],
  ] as const) {
    const rows = Float32Array.from({ length: rowCount * width }, () => random.next() - 0.5)
    const expected = naiveGram(rows, width)
    const gram = gramOf(rows, width)
    for (let index = 0; index < expected.length; index++) {
      const error = Math.abs(gram[index]! - expected[index]!)
      assert.ok(error < 1e-12, `${rowCount} × ${width}, entry ${index}`)
    }
  }
})

test('adding to a gram matrix keeps what was there and touches the lower triangle only', () => {
  const gram = Float64Array.of(10, 20, 30, 40)
  addGram(gram, Float64Array.of(1, 2, 9, 9), 1, 2)
  assert.deepEqual([...gram], [11, 20, 32, 44])
})

test('small numbers are not lost beside large ones', () => {
  // 32-bit sums stop counting ones at 2^24.
  assert.equal(gramOf(Float32Array.of(4096, 1, 1, 1, 1, 1), 1)[0], 2 ** 24 + 5)
})
