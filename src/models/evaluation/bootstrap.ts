import { invalid } from '../../error.ts'
import type { Random } from '../../kernel/random.ts'

/** A mean, and between what it may well lie. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export interface BootstrapOptions {
  readonly random: Random
  /** How many samples are drawn, >= 100; 1,000 unless told. */
  readonly rounds?: number
  /** The share of the samples' means that the interval holds, in (0, 1); 0.95 unless told. */
  readonly confidence?: number
}

/**
 * The percentile interval of a mean (Efron 1979): one value per user, since users, unlike the
 * rows of one user, are independent.
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  { random, rounds = 1000, confidence = 0.95 }: BootstrapOptions,
): Interval {
  if (values.length === 0) throw invalid('values', 'are empty, must hold at least one')
  if (!(rounds >= 100)) throw invalid('rounds', `${rounds} must be >= 100`)
  if (!(confidence > 0 && confidence < 1)) {
    throw invalid('confidence', `${confidence} must be > 0 and < 1`)
  }
  const means = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let draw = 0; draw < values.length; draw++) sum += values[random.below(values.length)]!
    means[round] = sum / values.length
  }
  means.sort()
  const tail = (1 - confidence) / 2
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return {
    mean: sum / values.length,
    low: quantile(means, tail),
    high: quantile(means, 1 - tail),
  }
}

/**
 * The interval of the mean of left - right, user by user: far narrower than the intervals of the
 * two, as what makes a user hard is hard for both. Where it does not hold 0, the difference is no
 * chance.
 */
export function pairedBootstrap(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  options: BootstrapOptions,
): Interval {
  if (left.length !== right.length) {
    const lengths = `${left.length} and ${right.length}`
    throw invalid('values', `are ${lengths}, must be of the same users in the same order`)
  }
  const difference = (index: number): number => left[index]! - right[index]!
  const values = Float64Array.from({ length: left.length }, (_, index) => difference(index))
  return bootstrapInterval(values, options)
}

/** Between the two nearest of sorted values. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (place - below) * (high - low)
}
