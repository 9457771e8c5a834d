import { gramOf } from './gram.ts'

/** A column of which less than this share of its length is new is a mixture of those before it. */
const newShareMin = 1e-5

/**
 * Makes the columns of a rowCount × width matrix (row by row) orthonormal, in place and in order:
 * what each shares with those before it is read off the Cholesky factor of their products, so that
 * the matrix itself is passed over row by row, twice, since once leaves rounding behind
 * (CholeskyQR2: Yamamoto et al. 2015); `times` 1 is enough for what is only to stay apart. A column
 * that is nothing but a mixture of others becomes zeros.
 */
export function orthonormalize(matrix: Float32Array, width: number, times: 1 | 2 = 2): void {
  for (let time = 0; time < times; time++) {
    const gram = gramOf(matrix, width)
    solveRows(matrix, factored(gram, width), width)
  }
}

/** Of products of columns. */
export interface Factor {
  /** The lower triangle, row by row. */
  readonly lower: Float64Array
  /** One over what stands on the diagonal; 0 for a column that says nothing new. */
  readonly inverses: Float64Array
}

/** The Cholesky factor of a matrix that may lack rank, in the place of its lower triangle. */
export function factored(lower: Float64Array, width: number): Factor {
  const inverses = new Float64Array(width)
  for (let row = 0; row < width; row++) {
    const start = row * width
    const whole = lower[start + row]!
    let left = whole
    for (let column = 0; column <= row; column++) {
      const other = column * width
      let sum = lower[start + column]!
      for (let k = 0; k < column; k++) sum -= lower[start + k]! * lower[other + k]!
      if (column === row) left = sum
      else lower[start + column] = sum * inverses[column]!
    }
    const isNew = left > newShareMin ** 2 * whole
    lower[start + row] = isNew ? Math.sqrt(left) : 0
    inverses[row] = isNew ? 1 / Math.sqrt(left) : 0
  }
  return { lower, inverses }
}

/** X becomes X L⁻ᵀ. Four rows at a time share the loads of L, and don't wait for each other. */
function solveRows(matrix: Float32Array, { lower, inverses }: Factor, width: number): void {
  const [a, b] = [new Float64Array(width), new Float64Array(width)]
  const [c, d] = [new Float64Array(width), new Float64Array(width)]
  const rowCount = matrix.length / width
  for (let row = 0; row < rowCount; row += 4) {
    const count = Math.min(4, rowCount - row)
    const placeOf = (index: number): number => (row + Math.min(index, count - 1)) * width
    const [p0, p1, p2, p3] = [placeOf(0), placeOf(1), placeOf(2), placeOf(3)]
    for (let column = 0; column < width; column++) {
      const start = column * width
      let [w, x] = [matrix[p0 + column]!, matrix[p1 + column]!]
      let [y, z] = [matrix[p2 + column]!, matrix[p3 + column]!]
      for (let k = 0; k < column; k++) {
        const share = lower[start + k]!
        w -= share * a[k]!
        x -= share * b[k]!
        y -= share * c[k]!
        z -= share * d[k]!
      }
      const inverse = inverses[column]!
      // Nothing, and not minus nothing.
      a[column] = w * inverse + 0
      b[column] = x * inverse + 0
      c[column] = y * inverse + 0
      d[column] = z * inverse + 0
    }
    for (const [index, solved] of [a, b, c, d].slice(0, count).entries()) {
      matrix.set(solved, placeOf(index))
    }
  }
}
