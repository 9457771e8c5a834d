/**
 * Factors a symmetric positive definite matrix A = L Lᵀ in place (Golub and Van Loan, 4.2).
 *
 * `matrix` is size × size, row by row. Only its lower triangle is read, and L takes its place; what
 * lies above the diagonal is left alone. Returns false, with the matrix spoilt, where A is not
 * positive definite: only the caller knows whose fault that is.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size
    for (let column = 0; column < row; column++) {
      const columnStart = column * size
      const known = runProduct(matrix, rowStart, columnStart, column)
      matrix[rowStart + column] =
        (matrix[rowStart + column]! - known) / matrix[columnStart + column]!
    }
    const pivot = matrix[rowStart + row]! - runProduct(matrix, rowStart, rowStart, row)
    // Written so that a pivot that is no number fails as well.
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false
    matrix[rowStart + row] = Math.sqrt(pivot)
  }
  return true
}

/** The inner product of two runs of one array, in four sums that don't wait for each other. */
function runProduct(matrix: Float64Array, left: number, right: number, length: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const whole = length & ~3
  for (let k = 0; k < whole; k += 4) {
    a += matrix[left + k]! * matrix[right + k]!
    b += matrix[left + k + 1]! * matrix[right + k + 1]!
    c += matrix[left + k + 2]! * matrix[right + k + 2]!
    d += matrix[left + k + 3]! * matrix[right + k + 3]!
  }
  for (let k = whole; k < length; k++) a += matrix[left + k]! * matrix[right + k]!
  return a + b + (c + d)
}

/** Solves L Lᵀ x = b for a factor made by `factorCholesky`; x takes the place of `vector`. */
function solveFactored(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size
    let sum = vector[row]!
    for (let k = 0; k < row; k++) sum -= factor[rowStart + k]! * vector[k]!
    vector[row] = sum / factor[rowStart + row]!
  }
  // Backwards by columns of Lᵀ, which are rows of L: memory is read in order.
  for (let row = size - 1; row >= 0; row--) {
    const rowStart = row * size
    const solved = vector[row]! / factor[rowStart + row]!
    vector[row] = solved
    for (let k = 0; k < row; k++) vector[k] = vector[k]! - factor[rowStart + k]! * solved
  }
}

/** Solves A x = b. A becomes its factor and b becomes x; false where A is not positive definite. */
export function solveCholesky(matrix: Float64Array, size: number, vector: Float64Array): boolean {
  if (!factorCholesky(matrix, size)) return false
  solveFactored(matrix, size, vector)
  return true
}
