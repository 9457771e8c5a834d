/** A = Qᵀ T Q, where T has a diagonal and what stands beside it, and the rows of Q length one. */
export interface Tridiagonal {
  readonly diagonal: Float64Array
  /** Between k and k + 1; the last is 0. */
  readonly beside: Float64Array
  /** Q, size × size, row by row. */
  readonly vectors: Float64Array
}

/**
 * Householder's reduction (Golub and Van Loan, algorithm 8.3.1) of a symmetric matrix, which is
 * left alone: each column is mirrored onto its first two places, and all that is left with it.
 */
export function tridiagonal(matrix: Float64Array, size: number): Tridiagonal {
  const a = matrix.slice()
  const beside = new Float64Array(size)
  // Row k is the mirror of column k; zeros where there was nothing to mirror.
  const mirrors = new Float64Array(size * size)
  const image = new Float64Array(size)
  for (let k = 0; k < size - 1; k++) {
    const mirror = mirrors.subarray(k * size, (k + 1) * size)
    beside[k] = mirrored(a.subarray(k * size, (k + 1) * size), k + 1, mirror)
    if (mirror[k + 1] !== 0) mirrorBothSides(a, size, k + 1, mirror, image)
  }
  const vectors = new Float64Array(size * size)
  for (let k = 0; k < size; k++) vectors[k * size + k] = 1
  for (let k = size - 2; k >= 0; k--) {
    const mirror = mirrors.subarray(k * size, (k + 1) * size)
    if (mirror[k + 1] !== 0) mirrorRows(vectors, size, k + 1, mirror)
  }
  const diagonal = Float64Array.from({ length: size }, (_, k) => a[k * size + k]!)
  return { diagonal, beside, vectors }
}

/**
 * The mirror, of length √2, that makes all from `start` on but the first place zero; returns what
 * stands there then. Left at zeros where that is so already.
 */
function mirrored(column: Float64Array, start: number, mirror: Float64Array): number {
  let rest = 0
  for (let place = start + 1; place < column.length; place++) rest += column[place]! ** 2
  const first = column[start]!
  if (rest === 0) return first
  const length = Math.sqrt(first * first + rest)
  const image = first >= 0 ? -length : length
  const scale = 1 / Math.sqrt(length * (length + Math.abs(first)))
  mirror[start] = (first - image) * scale
  for (let place = start + 1; place < column.length; place++) mirror[place] = column[place]! * scale
  return image
}

/** A = H A H, for what lies from `start` on. */
function mirrorBothSides(
  a: Float64Array,
  size: number,
  start: number,
  mirror: Float64Array,
  image: Float64Array,
): void {
  let shared = 0
  for (let row = start; row < size; row++) {
    let sum = 0
    for (let k = start; k < size; k++) sum += a[row * size + k]! * mirror[k]!
    image[row] = sum
    shared += sum * mirror[row]!
  }
  for (let row = start; row < size; row++) image[row]! -= (shared / 2) * mirror[row]!
  for (let row = start; row < size; row++) {
    const [x, y] = [mirror[row]!, image[row]!]
    for (let k = start; k < size; k++) {
      a[row * size + k] = a[row * size + k]! - x * image[k]! - y * mirror[k]!
    }
  }
}

/** Q = Q H, for what lies from `start` on: rows are mirrored one by one. */
function mirrorRows(rows: Float64Array, size: number, start: number, mirror: Float64Array): void {
  for (let row = start; row < size; row++) {
    let sum = 0
    for (let k = start; k < size; k++) sum += rows[row * size + k]! * mirror[k]!
    for (let k = start; k < size; k++) {
      rows[row * size + k] = rows[row * size + k]! - sum * mirror[k]!
    }
  }
}
