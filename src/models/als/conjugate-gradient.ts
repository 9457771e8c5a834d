import type { Interactions } from '../interactions.ts'
import type { Pace } from '../pace.ts'

/**
 * Steps per row and sweep; more change nothing that a sweep more would not (Takács et al. 2011).
 */
const steps = 3

/**
 * One half of a sweep: the vector of every row is solved while those of the columns stand still.
 */
export interface HalfSweep {
  readonly matrix: Interactions
  readonly dims: number
  /** rowCount × dims; where each row starts from, and what it becomes. */
  readonly rows: Float32Array
  /** columnCount × dims. */
  readonly columns: Float32Array
  /** The full gram matrix of `columns`, dims × dims. */
  readonly gram: Float64Array
  /** A cell of weight w is believed 1 + alpha w times as much as an empty one. */
  readonly alpha: number
  /** What is added to the diagonal for a row of so many cells. */
  penalty(cellCount: number): number
}

/**
 * Improves every row x by conjugate gradient on A x = b, where (Hu, Koren and Volinsky 2008, eq. 4)
 *
 *   A = YᵀY + Σ alpha w y yᵀ + penalty I      b = Σ (1 + alpha w) y      over the cells of the row
 *
 * A is never built: a product with it costs dims² + 2 dims per cell (Takács et al. 2011).
 */
export async function solveRows(half: HalfSweep, pace: Pace): Promise<void> {
  const { matrix, dims } = half
  const solve = rowSolver(half)
  for (let row = 0; row < matrix.rowCount; row++) {
    const cellCount = matrix.starts[row + 1]! - matrix.starts[row]!
    solve(row)
    if (pace.due((steps + 1) * dims * (dims + 2 * cellCount))) await pace.rest()
  }
}

function rowSolver(half: HalfSweep): (row: number) => void {
  const { matrix, dims, rows } = half
  const solution = new Float64Array(dims)
  const residual = new Float64Array(dims)
  const direction = new Float64Array(dims)
  const product = new Float64Array(dims)

  return (row) => {
    const [from, to] = [matrix.starts[row]!, matrix.starts[row + 1]!]
    const start = row * dims
    if (from === to) {
      rows.fill(0, start, start + dims)
      return
    }
    const penalty = half.penalty(to - from)
    for (let k = 0; k < dims; k++) solution[k] = rows[start + k]!
    multiplyGram(half.gram, penalty, solution, residual)
    for (let k = 0; k < dims; k++) residual[k] = -residual[k]!
    // b - A x in one pass over the cells: each adds (1 + alpha w - alpha w (y · x)) y.
    addCells(half, from, to, solution, residual, 1)
    direction.set(residual)
    let norm = inner(residual, residual)
    for (let step = 0; step < steps && norm > 1e-20; step++) {
      multiplyGram(half.gram, penalty, direction, product)
      addCells(half, from, to, direction, product, 0)
      const stride = norm / inner(direction, product)
      for (let k = 0; k < dims; k++) {
        solution[k] = solution[k]! + stride * direction[k]!
        residual[k] = residual[k]! - stride * product[k]!
      }
      const next = inner(residual, residual)
      for (let k = 0; k < dims; k++) direction[k] = residual[k]! + (next / norm) * direction[k]!
      norm = next
    }
    for (let k = 0; k < dims; k++) rows[start + k] = solution[k]!
  }
}

/** out = (gram + penalty I) vector */
function multiplyGram(
  gram: Float64Array,
  penalty: number,
  vector: Float64Array,
  out: Float64Array,
): void {
  const dims = vector.length
  for (let k = 0; k < dims; k++) out[k] = penalty * vector[k]!
  const whole = dims & ~3
  // By columns, four at a time: the matrix is symmetric, so its rows are its columns.
  for (let row = 0; row < whole; row += 4) {
    const a = vector[row]!
    const b = vector[row + 1]!
    const c = vector[row + 2]!
    const d = vector[row + 3]!
    const start = row * dims
    for (let k = 0; k < dims; k++) {
      const near = a * gram[start + k]! + b * gram[start + dims + k]!
      const far = c * gram[start + 2 * dims + k]! + d * gram[start + 3 * dims + k]!
      out[k] = out[k]! + (near + far)
    }
  }
  for (let row = whole; row < dims; row++) {
    const a = vector[row]!
    for (let k = 0; k < dims; k++) out[k] = out[k]! + a * gram[row * dims + k]!
  }
}

/**
 * Adds to `out`, for every cell, alpha w (y · vector) y where `wanted` is 0, and what is missing to
 * the wanted preference of 1, (1 + alpha w - alpha w (y · vector)) y, where `wanted` is 1.
 *
 * Four cells at a time: they share the loads of `vector` and `out`, and their sums don't wait for
 * each other. One at a time takes three times as long.
 */
function addCells(
  half: HalfSweep,
  from: number,
  to: number,
  vector: Float64Array,
  out: Float64Array,
  wanted: 0 | 1,
): void {
  const { columns, alpha, dims } = half
  const { columns: ordinals, weights } = half.matrix
  let cell = from
  for (; cell + 4 <= to; cell += 4) {
    const start0 = ordinals[cell]! * dims
    const start1 = ordinals[cell + 1]! * dims
    const start2 = ordinals[cell + 2]! * dims
    const start3 = ordinals[cell + 3]! * dims
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let k = 0; k < dims; k++) {
      const value = vector[k]!
      a += columns[start0 + k]! * value
      b += columns[start1 + k]! * value
      c += columns[start2 + k]! * value
      d += columns[start3 + k]! * value
    }
    a = factor(alpha * weights[cell]!, a, wanted)
    b = factor(alpha * weights[cell + 1]!, b, wanted)
    c = factor(alpha * weights[cell + 2]!, c, wanted)
    d = factor(alpha * weights[cell + 3]!, d, wanted)
    for (let k = 0; k < dims; k++) {
      const near = a * columns[start0 + k]! + b * columns[start1 + k]!
      const far = c * columns[start2 + k]! + d * columns[start3 + k]!
      out[k] = out[k]! + (near + far)
    }
  }
  for (; cell < to; cell++) {
    const start = ordinals[cell]! * dims
    let a = 0
    for (let k = 0; k < dims; k++) a += columns[start + k]! * vector[k]!
    a = factor(alpha * weights[cell]!, a, wanted)
    for (let k = 0; k < dims; k++) out[k] = out[k]! + a * columns[start + k]!
  }
}

function factor(belief: number, product: number, wanted: 0 | 1): number {
  return wanted === 1 ? 1 + belief - belief * product : belief * product
}

function inner(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let k = 0; k < left.length; k++) sum += left[k]! * right[k]!
  return sum
}
