import { invalid } from '../../../error.ts'
import type { Pace } from '../../pace.ts'

/** What somebody chose among: a row of numbers per thing, one of them chosen. */
export interface Choice {
  /** One array per signal, of a number per thing. */
  readonly columns: readonly Float32Array[]
  readonly chosen: number
}

export interface LogitOptions {
  /** How often all choices are passed, 1 to 1,000. */
  readonly passes: number
  /** Of Adagrad, > 0. */
  readonly rate: number
  /** Penalty l2 / 2 · Σ weight², in the measure of signals of deviation 1, >= 0. */
  readonly l2: number
}

/**
 * One weight per signal, by which the chance of a thing to be chosen is softmax of its weighted
 * sum: the conditional logit (McFadden 1974), by Adagrad over choices in the order given. The same
 * choices give the same weights, bit by bit.
 *
 * Throws `invalid_argument` where there is no choice, and for options out of range.
 */
export async function fitConditionalLogit(
  choices: readonly Choice[],
  { passes, rate, l2 }: LogitOptions,
  pace: Pace,
): Promise<Float64Array> {
  if (choices.length === 0) throw invalid('choices', 'are none, must be at least one')
  if (!(Number.isInteger(passes) && passes >= 1 && passes <= 1_000)) {
    throw invalid('passes', `${passes} must be a whole number >= 1 and <= 1000`)
  }
  if (!(rate > 0 && rate < 100)) throw invalid('rate', `${rate} must be > 0 and < 100`)
  if (!(l2 >= 0 && l2 < 100)) throw invalid('l2', `${l2} must be >= 0 and < 100`)
  const width = choices[0]!.columns.length
  const scales = deviations(choices, width)
  const weights = new Float64Array(width)
  const squares = new Float64Array(width).fill(1e-3)
  const gradient = new Float64Array(width)
  for (let pass = 0; pass < passes; pass++) {
    for (const { columns, chosen } of choices) {
      const chances = softmaxOf(
        columns,
        weights.map((weight, at) => weight / scales[at]!),
      )
      chances[chosen]! -= 1
      for (let at = 0; at < width; at++) {
        let sum = 0
        for (const [place, excess] of chances.entries()) sum += excess * columns[at]![place]!
        gradient[at] = sum / scales[at]! + l2 * weights[at]!
        squares[at]! += gradient[at]! ** 2
        weights[at]! -= (rate * gradient[at]!) / Math.sqrt(squares[at]!)
      }
      if (pace.due(4 * width * chances.length)) await pace.rest()
    }
  }
  return weights.map((weight, at) => weight / scales[at]!)
}

/** The weighted sum of signals, thing by thing. */
export function weighed(columns: readonly Float32Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(columns[0]?.length ?? 0)
  for (const [at, column] of columns.entries()) {
    const weight = weights[at]!
    for (const [place, value] of column.entries()) sums[place]! += weight * value
  }
  return sums
}

function softmaxOf(columns: readonly Float32Array[], weights: Float64Array): Float64Array {
  const sums = weighed(columns, weights)
  const most = sums.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY)
  let total = 0
  for (const [place, sum] of sums.entries()) {
    sums[place] = Math.exp(sum - most)
    total += sums[place]!
  }
  return sums.map((value) => value / total)
}

/** Of each signal over all things; 1 where it never differs. */
function deviations(choices: readonly Choice[], width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, at) => {
    let [count, sum, squares] = [0, 0, 0]
    for (const { columns } of choices) {
      for (const value of columns[at]!) {
        count++
        sum += value
        squares += value * value
      }
    }
    const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
    return deviation > 1e-9 ? deviation : 1
  })
}
