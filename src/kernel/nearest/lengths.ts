import { dot } from '../linear/dot.ts'

/** How long each row is, as a vector. */
export function lengthsOf(rows: Float32Array, width: number): Float32Array {
  const lengths = new Float32Array(rows.length / width)
  for (let row = 0; row < lengths.length; row++) {
    lengths[row] = Math.sqrt(dot(rows, row * width, rows, row * width, width))
  }
  return lengths
}

/** Rows by their lengths, of equals the first. */
export function longestFirst(lengths: Float32Array): Uint32Array {
  const order = Uint32Array.from(lengths.keys())
  // Stable, and compares numbers as numbers.
  return order.sort((one, other) => lengths[other]! - lengths[one]! || one - other)
}
