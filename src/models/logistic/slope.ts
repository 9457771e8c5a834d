import { mirrorUpper } from '../../kernel/linear/gram.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { sparseKernels } from '../../kernel/wasm/sparse-kernels.ts'
import type { Pace } from '../pace.ts'
import type { Design } from './design.ts'
import { probability } from './logistic-model.ts'

/** What a logistic regression is fitted to. */
export interface Problem {
  readonly design: Design
  readonly labels: ArrayLike<number>
  readonly weights: Float32Array
  readonly l2: number
}

/** The loss at a point, with its first and second derivatives. */
export interface Slope {
  readonly loss: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/**
 * The slope at a point, over one block of rows in so many: 1 for all of them. It is valid until the
 * next is asked for.
 */
export type Slopes = (point: Float64Array, oneIn: number) => Promise<Slope>

/** Rows that stay in the cache while all pairs of their columns are multiplied. */
const blockRows = 64

/** Slopes of one problem; squares of rows are added by a kernel, in its memory. */
export function slopesOf(problem: Problem, pace: Pace): Slopes {
  const { design, l2 } = problem
  const { width } = design
  const padded = Math.ceil(width / 4) * 4
  const arena = openArena({ sizeBytes: 8 * padded * (blockRows + padded) + 128 })
  const kernels = sparseKernels(arena)
  const scaled = arena.float64(blockRows * padded)
  const squares = arena.float64(padded * padded)
  const block = new Float64Array(blockRows * width)
  const hessian = new Float64Array(width * width)
  return async (point, oneIn) => {
    const gradient = new Float64Array(width)
    squares.fill(0)
    let loss = 0
    for (let from = 0; from < design.rowCount; from += blockRows * oneIn) {
      const to = Math.min(design.rowCount, from + blockRows)
      design.fill(from, to, block)
      loss += addRows(problem, from, to, block, point, gradient, scaled)
      kernels.addGramOfDoubles(scaled.subarray(0, (to - from) * padded), padded, squares)
      if (pace.due((to - from) * width * (width / 8 + 4))) await pace.rest()
    }
    for (let row = 0; row < width; row++) {
      hessian.set(squares.subarray(row * padded, row * padded + width), row * width)
    }
    mirrorUpper(hessian, width)
    for (let k = 1; k < width; k++) {
      loss += (l2 / 2) * point[k]! ** 2
      gradient[k] = gradient[k]! + l2 * point[k]!
      hessian[k * width + k] = hessian[k * width + k]! + l2
    }
    return { loss, gradient, hessian }
  }
}

/**
 * Adds to the gradient, and writes each row so that its square is its share of the hessian; the
 * loss.
 */
function addRows(
  { labels, weights }: Problem,
  from: number,
  to: number,
  block: Float64Array,
  point: Float64Array,
  gradient: Float64Array,
  scaled: Float64Array,
): number {
  const width = point.length
  const padded = Math.ceil(width / 4) * 4
  let loss = 0
  for (let row = from; row < to; row++) {
    const start = (row - from) * width
    const place = (row - from) * padded
    const label = labels[row]!
    const weight = weights[row]!
    let odds = 0
    for (let k = 0; k < width; k++) odds += point[k]! * block[start + k]!
    const chance = probability(odds)
    // log(1 + exp(odds)) without overflow.
    loss += weight * (Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - label * odds)
    const error = weight * (chance - label)
    const root = Math.sqrt(weight * chance * (1 - chance))
    for (let k = 0; k < width; k++) {
      const value = block[start + k]!
      gradient[k] = gradient[k]! + error * value
      scaled[place + k] = root * value
    }
  }
  return loss
}
