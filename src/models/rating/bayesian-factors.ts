import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { RatingsData } from '../evaluation/formats/ratings-data.ts'
import type { Trainer, TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { openSampler, type SideState } from './gibbs.ts'
import { loadRating, type RatingModel, ratingModel } from './rating-model.ts'
import type { Relation } from './relation.ts'
import { type SideOptions, sidesOf } from './sides.ts'

export interface BayesianOptions extends SideOptions {
  /** Numbers per vector, 1 to 256. */
  readonly dims: number
  /** Sweeps before the first that is kept, >= 0. */
  readonly burnIn: number
  /** Sweeps that are kept, >= 1. */
  readonly draws: number
  /** Of so many sweeps the last is kept, >= 1: neighbours are much alike. */
  readonly every: number
}

/**
 * Matrix factorisation of ratings by Gibbs sampling: what is foretold is the mean over many models
 * that could be true (Salakhutdinov and Mnih, ICML 2008), here of factorisation machines over
 * users, items, what they met, and days (Rendle 2012).
 *
 * The mean of products is the product of the draws laid one behind the other, so what is kept is
 * one model of dims × draws numbers per row.
 */
export function bayesianTrainer(options: BayesianOptions): Trainer<RatingModel, RatingsData> {
  return { kind: 'rating-factors', fit: (data, run) => fit(data, options, run), load: loadRating }
}

async function fit(
  { train, userIds, itemIds }: RatingsData,
  options: BayesianOptions,
  { seed, signal, onProgress }: TrainingRun,
): Promise<RatingModel> {
  check(options)
  if (train.values.length === 0) throw invalid('train', 'must hold at least one rating')
  const { dims, burnIn, draws, every } = options
  const counts = { userCount: userIds.length, itemCount: itemIds.length }
  const { relations, rows } = sidesOf(train, options, counts)
  const pace = openPace(signal)
  const sampler = openSampler(relations, train.values, dims, seededRandom(seed).fork('gibbs'))
  const width = dims * draws
  const kept = relations.map(({ rowCount }) => ({
    worths: new Float64Array(rowCount),
    vectors: new Float32Array(rowCount * width),
  })) as [Kept, Kept]
  let base = 0
  const sweeps = burnIn + draws * every
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    sampler.sweep()
    const past = sweep - burnIn
    if (past > 0 && past % every === 0) {
      const { bias, sides } = sampler.state
      base += bias / draws
      for (const [index, side] of sides.entries()) {
        keep(kept[index]!, relations[index]!, side, dims, past / every - 1, draws)
      }
    }
    await pace.rest()
    onProgress?.(sweep / sweeps)
  }
  const [least, most] = rangeOf(train.values)
  return ratingModel({ rows, width, base, users: kept[0], items: kept[1], least, most })
}

interface Kept {
  readonly worths: Float64Array
  readonly vectors: Float32Array
}

/**
 * Adds one draw: shares of what each row is worth, and its vector behind those of earlier draws.
 */
function keep(
  { worths, vectors }: Kept,
  { rowCount, featureCount, starts, cellRows, cellValues }: Relation,
  side: SideState,
  dims: number,
  draw: number,
  draws: number,
): void {
  const width = dims * draws
  const scale = 1 / Math.sqrt(draws)
  const [sums, squares] = [new Float64Array(rowCount), new Float64Array(rowCount)]
  for (let k = -1; k < dims; k++) {
    const numbers = k < 0 ? side.weights : side.vectors.subarray(k * featureCount)
    sums.fill(0)
    squares.fill(0)
    for (let feature = 0; feature < featureCount; feature++) {
      for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
        const product = numbers[feature]! * cellValues[cell]!
        sums[cellRows[cell]!]! += product
        squares[cellRows[cell]!]! += product * product
      }
    }
    for (let row = 0; row < rowCount; row++) {
      const sum = sums[row]!
      // Pairs of features within a row are worth the same whatever it is paired with.
      worths[row]! += (k < 0 ? sum : (sum * sum - squares[row]!) / 2) / draws
      if (k >= 0) vectors[row * width + draw * dims + k] = scale * sum
    }
  }
}

function rangeOf(values: Float32Array): readonly [number, number] {
  let [least, most] = [values[0]!, values[0]!]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

function check({ dims, burnIn, draws, every }: BayesianOptions): void {
  const whole = { dims, burnIn, draws, every }
  const most = { dims: 256, burnIn: 10_000, draws: 10_000, every: 1_000 }
  for (const name of ['dims', 'burnIn', 'draws', 'every'] as const) {
    const least = name === 'burnIn' ? 0 : 1
    const value = whole[name]
    if (Number.isInteger(value) && value >= least && value <= most[name]) continue
    throw invalid(name, `${value} must be a whole number >= ${least} and <= ${most[name]}`)
  }
}
