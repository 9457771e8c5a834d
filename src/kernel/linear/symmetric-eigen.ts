import { tridiagonal } from './tridiagonal.ts'

export interface Eigen {
  /** The largest first. */
  readonly values: Float64Array
  /** size × size, row by row: column k belongs to value k, and has length one. */
  readonly vectors: Float64Array
}

/** Steps after which a value is left as it is; two or three have always been enough. */
const stepsMax = 60

/**
 * All eigenvalues and eigenvectors of a symmetric matrix: Householder's tridiagonal form, and the
 * QL algorithm with implicit shifts (Golub and Van Loan, 8.3): some 5 size³ multiply-adds, so for
 * some thousand rows. `matrix` is size × size, row by row, and left alone.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const { diagonal: values, beside, vectors: rows } = tridiagonal(matrix, size)
  for (let first = 0; first < size; first++) {
    for (let step = 0; step < stepsMax; step++) {
      const last = endOfBlock(values, beside, first)
      if (last === first) break
      sweep(values, beside, rows, first, last)
    }
  }
  const order = Array.from({ length: size }, (_, k) => k)
  order.sort((x, y) => values[y]! - values[x]!)
  const vectors = new Float64Array(size * size)
  for (const [place, k] of order.entries()) {
    for (let row = 0; row < size; row++) vectors[row * size + place] = rows[k * size + row]!
  }
  return { values: Float64Array.from(order, (k) => values[k]!), vectors }
}

/** Where what hangs together with `first` ends: beside the diagonal there is nothing then. */
function endOfBlock(values: Float64Array, beside: Float64Array, first: number): number {
  let last = first
  while (last < values.length - 1) {
    const measure = Math.abs(values[last]!) + Math.abs(values[last + 1]!)
    if (Math.abs(beside[last]!) <= Number.EPSILON * measure) break
    last++
  }
  return last
}

/** One step of QL from the end of a block to its beginning. The vectors are rows meanwhile. */
function sweep(
  values: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  first: number,
  last: number,
): void {
  const half = (values[first + 1]! - values[first]!) / (2 * beside[first]!)
  const root = Math.hypot(half, 1)
  let g = values[last]! - values[first]! + beside[first]! / (half + (half >= 0 ? root : -root))
  let [s, c, p] = [1, 1, 0]
  for (let k = last - 1; k >= first; k--) {
    const [f, b] = [s * beside[k]!, c * beside[k]!]
    const r = Math.hypot(f, g)
    beside[k + 1] = r
    if (r === 0) {
      // The block falls apart here: each part is gone on with by itself.
      values[k + 1]! -= p
      beside[last] = 0
      return
    }
    s = f / r
    c = g / r
    g = values[k + 1]! - p
    const turned = (values[k]! - g) * s + 2 * c * b
    p = s * turned
    values[k + 1] = g + p
    g = c * turned - b
    rotate(rows, values.length, k, s, c)
  }
  values[first]! -= p
  beside[first] = g
  beside[last] = 0
}

function rotate(rows: Float64Array, size: number, k: number, s: number, c: number): void {
  const [one, other] = [k * size, (k + 1) * size]
  for (let place = 0; place < size; place++) {
    const [x, y] = [rows[one + place]!, rows[other + place]!]
    rows[other + place] = s * x + c * y
    rows[one + place] = c * x - s * y
  }
}
