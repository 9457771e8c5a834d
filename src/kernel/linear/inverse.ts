/** Rows and columns of a tile: three tiles of doubles stay in a cache of 256 KB. */
const side = 64

/** Products are summed over so many at a time, so that the runs stay in the cache as well. */
const stripe = 256

/**
 * Inverts a symmetric positive definite matrix in place: A = L Lᵀ, then A⁻¹ = L⁻ᵀ L⁻¹ (Golub and
 * Van Loan, 4.2). `matrix` is size × size, row by row; only its lower triangle is read, and the
 * whole inverse takes its place. Needs as much memory again.
 *
 * Takes size³ / 2 multiply-adds, so it goes tile by tile and yields how many it has done since it
 * last did: whoever steps through it may rest in between. Returns false, with the matrix spoilt,
 * where it is not positive definite.
 */
export function* invertInSteps(matrix: Float64Array, size: number): Generator<number, boolean> {
  const tile = new Float64Array(side * side)
  for (const [rows, columns] of lowerTiles(size)) {
    sumOfProducts(tile, matrix, matrix, size, rows, columns, [0, columns.from])
    subtract(matrix, tile, size, rows, columns)
    if (!factorTile(matrix, size, rows, columns)) return false
    yield side * side * columns.from
  }
  // The inverse of L, transposed: runs along rows are what the next step multiplies.
  const inverse = new Float64Array(size * size)
  for (const [rows, columns] of lowerTiles(size)) {
    sumOfProducts(tile, matrix, inverse, size, rows, columns, [columns.from, rows.from])
    solveTile(inverse, matrix, tile, size, rows, columns)
    yield side * side * (rows.from - columns.from)
  }
  for (const [rows, columns] of lowerTiles(size)) {
    sumOfProducts(tile, inverse, inverse, size, rows, columns, [rows.from, size])
    for (let row = rows.from; row < rows.to; row++) {
      for (let column = columns.from; column < columns.to; column++) {
        const value = tile[(row - rows.from) * side + column - columns.from]!
        matrix[row * size + column] = value
        matrix[column * size + row] = value
      }
    }
    yield side * side * (size - rows.from)
  }
  return true
}

interface Span {
  readonly from: number
  readonly to: number
}

/** All tiles on and below the diagonal, row by row. */
function* lowerTiles(size: number): Generator<readonly [rows: Span, columns: Span]> {
  for (let row = 0; row < size; row += side) {
    const rows = { from: row, to: Math.min(size, row + side) }
    for (let column = 0; column <= row; column += side) {
      yield [rows, { from: column, to: Math.min(size, column + side) }]
    }
  }
}

/** tile[r, c] = Σₖ left[r, k] right[c, k] over a run of k. */
function sumOfProducts(
  tile: Float64Array,
  left: Float64Array,
  right: Float64Array,
  size: number,
  rows: Span,
  columns: Span,
  [from, to]: readonly [number, number],
): void {
  tile.fill(0)
  for (let start = from; start < to; start += stripe) {
    const length = Math.min(to - start, stripe)
    for (let row = rows.from; row < rows.to; row += 2) {
      for (let column = columns.from; column < columns.to; column += 4) {
        const place = (row - rows.from) * side + column - columns.from
        const [a, b] = [row * size + start, column * size + start]
        if (row + 2 <= rows.to && column + 4 <= columns.to) {
          addEight(tile, place, left, a, right, b, size, length)
          continue
        }
        for (let r = 0; r < Math.min(2, rows.to - row); r++) {
          for (let c = 0; c < Math.min(4, columns.to - column); c++) {
            const product = runProduct(left, a + r * size, right, b + c * size, length)
            tile[place + r * side + c]! += product
          }
        }
      }
    }
  }
}

/** Two rows by four: eight sums that wait for no other, and six loads for eight multiply-adds. */
function addEight(
  tile: Float64Array,
  place: number,
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  size: number,
  length: number,
): void {
  let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0]
  const [a1, b1, b2, b3] = [a + size, b + size, b + 2 * size, b + 3 * size]
  for (let k = 0; k < length; k++) {
    const x = left[a + k]!
    const z = left[a1 + k]!
    const y0 = right[b + k]!
    const y1 = right[b1 + k]!
    const y2 = right[b2 + k]!
    const y3 = right[b3 + k]!
    s0 += x * y0
    s1 += x * y1
    s2 += x * y2
    s3 += x * y3
    t0 += z * y0
    t1 += z * y1
    t2 += z * y2
    t3 += z * y3
  }
  tile[place]! += s0
  tile[place + 1]! += s1
  tile[place + 2]! += s2
  tile[place + 3]! += s3
  tile[place + side]! += t0
  tile[place + side + 1]! += t1
  tile[place + side + 2]! += t2
  tile[place + side + 3]! += t3
}

function runProduct(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  length: number,
): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += left[a + k]! * right[b + k]!
  return sum
}

function subtract(
  matrix: Float64Array,
  tile: Float64Array,
  size: number,
  rows: Span,
  columns: Span,
): void {
  for (let row = rows.from; row < rows.to; row++) {
    const last = Math.min(columns.to, row + 1)
    for (let column = columns.from; column < last; column++) {
      matrix[row * size + column]! -= tile[(row - rows.from) * side + column - columns.from]!
    }
  }
}

/** The tile's part of L, where all that lies to the left of it is done. */
function factorTile(matrix: Float64Array, size: number, rows: Span, columns: Span): boolean {
  for (let row = rows.from; row < rows.to; row++) {
    for (let column = columns.from; column < Math.min(columns.to, row + 1); column++) {
      let value = matrix[row * size + column]!
      for (let k = columns.from; k < column; k++) {
        value -= matrix[row * size + k]! * matrix[column * size + k]!
      }
      if (row > column) matrix[row * size + column] = value / matrix[column * size + column]!
      else if (value > 0 && value < Number.POSITIVE_INFINITY) {
        matrix[row * size + column] = Math.sqrt(value)
      } else return false
    }
  }
  return true
}

/**
 * The tile's part of the inverse X of L, kept transposed:
 * X[r, c] = (δ - Σₖ L[r, k] X[k, c]) / L[r, r].
 */
function solveTile(
  inverse: Float64Array,
  lower: Float64Array,
  tile: Float64Array,
  size: number,
  rows: Span,
  columns: Span,
): void {
  for (let row = rows.from; row < rows.to; row++) {
    const pivot = lower[row * size + row]!
    for (let column = columns.from; column < Math.min(columns.to, row + 1); column++) {
      let value = row === column ? 1 : 0
      value -= tile[(row - rows.from) * side + column - columns.from]!
      for (let k = Math.max(rows.from, column); k < row; k++) {
        value -= lower[row * size + k]! * inverse[column * size + k]!
      }
      inverse[column * size + row] = value / pivot
    }
  }
}
