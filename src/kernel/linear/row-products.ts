/**
 * The inner product of every row of a rowCount × width matrix, row by row, with one vector.
 *
 * Four rows at a time share the loads of the vector, and their sums don't wait for each other:
 * about three times as fast as `dot` row after row. The sums are in double precision.
 */
export function rowProducts(rows: Float32Array, width: number, vector: Float32Array): Float32Array {
  const rowCount = rows.length / width
  const products = new Float32Array(rowCount)
  // Widened once here instead of once per row.
  const wide = new Float64Array(vector)
  const whole = rowCount & ~3
  for (let row = 0; row < whole; row += 4) {
    const start0 = row * width
    const start1 = start0 + width
    const start2 = start1 + width
    const start3 = start2 + width
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let k = 0; k < width; k++) {
      const value = wide[k]!
      a += rows[start0 + k]! * value
      b += rows[start1 + k]! * value
      c += rows[start2 + k]! * value
      d += rows[start3 + k]! * value
    }
    products[row] = a
    products[row + 1] = b
    products[row + 2] = c
    products[row + 3] = d
  }
  for (let row = whole; row < rowCount; row++) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += rows[row * width + k]! * wide[k]!
    products[row] = sum
  }
  return products
}
