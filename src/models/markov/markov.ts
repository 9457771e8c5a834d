import { invalid } from '../../error.ts'
import type { NumberSums } from '../../kernel/number-sums.ts'
import { topK } from '../../kernel/top-k.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import type { Sequences } from '../sequences.ts'
import { countFollowers, type FollowerOptions } from './followers.ts'
import { type MarkovModel, markovModel } from './markov-model.ts'

export interface MarkovOptions extends Partial<TrainingRun>, FollowerOptions {
  /** How many of the last items speak when asked, 1 to 1,000. */
  readonly memory: number
  /** How much less each speaks than the one after it, in (0, 1]. */
  readonly decay: number
  /** Followers kept of an item, 1 to 100,000. */
  readonly followers: number
  readonly evidence: Evidence
}

/** How what the last items say is put together. */
export type Evidence =
  /**
   * The mean of what each expects to follow. `restraint` in [0, 1] holds back the popular;
   * `further` in [0, 1] is how much what follows the followers counts: a second step of the walk,
   * for items whose followers are few.
   */
  | { readonly form: 'sum'; readonly restraint: number; readonly further: number }
  /**
   * As if each were a witness of their own: naive Bayes. `smoothing` > 0 is how many times an item
   * had to be met to be believed as much as popularity is, and `strength` in (0, 1] how much of its
   * word is taken, for witnesses that are not independent.
   */
  | { readonly form: 'product'; readonly smoothing: number; readonly strength: number }

/**
 * A Markov chain over items, smoothed by looking some steps ahead and by letting the last items
 * speak together.
 *
 * With n(i, j) how often j followed i, a sum of evidence adds n(i, j) / n(i), the sequential rules
 * of Ludewig and Jannach (2018). A product adds log(1 + n(i, j) / (smoothing π(j))) to the prior
 * log π(j) instead, where π is an item's share of all that was met: the log-odds of j given i with
 * smoothing π(j) counts put to what was seen. Its work is no more, as what never followed adds
 * nothing that the others don't get as well.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitMarkov(
  sequences: Sequences,
  options: MarkovOptions,
): Promise<MarkovModel> {
  check(options)
  const { itemCount } = sequences
  const { memory, decay, followers, evidence } = options
  const pace = openPace(options.signal)
  const { met, after } = await countFollowers(sequences, options, pace)
  options.onProgress?.(0.8)
  const weigh = evidence.form === 'sum' ? shareOf(met, evidence) : oddsOf(met, evidence)
  const rows = after.map((sums) => strongest(sums, followers, weigh))
  const starts = new Uint32Array(itemCount + 1)
  for (const [item, row] of rows.entries()) starts[item + 1] = starts[item]! + row.items.length
  const items = new Uint32Array(starts[itemCount]!)
  const weights = new Float32Array(items.length)
  for (const [item, row] of rows.entries()) {
    items.set(row.items, starts[item])
    weights.set(row.weights, starts[item])
  }
  await pace.rest()
  options.onProgress?.(1)
  const prior = new Float32Array(itemCount)
  if (evidence.form === 'product') prior.set(popularity(met).map(Math.log))
  const strength = evidence.form === 'product' ? evidence.strength : 1
  const further = evidence.form === 'sum' ? evidence.further : 0
  return markovModel({ starts, items, weights, prior, memory, strength, decay, further })
}

/** What an item says of one that followed it `count` times, of `total` that followed it. */
type Weigh = (follower: number, count: number, total: number) => number

function shareOf(met: Float64Array, { restraint }: { readonly restraint: number }): Weigh {
  return (follower, count, total) => count / total / Math.max(1, met[follower]!) ** restraint
}

function oddsOf(met: Float64Array, { smoothing }: { readonly smoothing: number }): Weigh {
  const shares = popularity(met)
  return (follower, count) => Math.log1p(count / (smoothing * shares[follower]!))
}

/** Shares of all that was met; what nobody met counts half, so that its logarithm is a number. */
function popularity(met: Float64Array): Float64Array {
  const some = met.map((count) => count + 0.5)
  const total = some.reduce((sum, count) => sum + count, 0)
  return some.map((count) => count / total)
}

/** The followers that were met most often, as the model keeps them. */
function strongest(sums: NumberSums, most: number, weigh: Weigh) {
  const { numbers, sums: counts } = sums.entries()
  const best = topK(counts, most)
  const total = counts.reduce((sum, count) => sum + count, 0)
  return {
    items: best.map((place) => numbers[place]!),
    weights: Float32Array.from(best, (place) => weigh(numbers[place]!, counts[place]!, total)),
  }
}

function check(options: MarkovOptions): void {
  const { window, backward, memory, decay, followers, evidence } = options
  const whole = (field: string, value: number, most: number): void => {
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(field, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  const share = (field: string, value: number): void => {
    if (value >= 0 && value <= 1) return
    throw invalid(field, `${value} must be >= 0 and <= 1`)
  }
  const positive = (field: string, value: number, most: number): void => {
    if (value > 0 && value <= most) return
    throw invalid(field, `${value} must be > 0 and <= ${most}`)
  }
  whole('window', window, 100)
  whole('memory', memory, 1_000)
  whole('followers', followers, 100_000)
  share('backward', backward)
  positive('decay', decay, 1)
  if (evidence.form === 'sum') {
    share('evidence.restraint', evidence.restraint)
    share('evidence.further', evidence.further)
    return
  }
  positive('evidence.smoothing', evidence.smoothing, 1e9)
  positive('evidence.strength', evidence.strength, 1)
}
