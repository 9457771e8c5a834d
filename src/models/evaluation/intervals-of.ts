import { invalid } from '../../error.ts'
import type { Random } from '../../kernel/random.ts'
import type { Interval } from './bootstrap.ts'

const rounds = 1000
const tail = 0.025

/**
 * What `intervalOf` says of each of several samples of the same users, to the last bit where each
 * has its own copy of the random numbers: users are drawn once for all, and drawing is what it
 * costs.
 *
 * Throws `invalid_argument` for samples that are empty, or not of one length.
 */
export function intervalsOf(samples: readonly Float64Array[], random: Random): readonly Interval[] {
  const width = samples.length
  const length = samples[0]?.length ?? 0
  if (length === 0) throw invalid('samples', 'are empty, must hold at least one value each')
  if (samples.some((values) => values.length !== length)) {
    throw invalid('samples', 'are of different lengths, must be of the same users')
  }
  // The values of a user lie side by side: they are read together.
  const values = new Float64Array(width * length)
  for (const [column, sample] of samples.entries()) {
    for (let user = 0; user < length; user++) values[user * width + column] = sample[user]!
  }
  const drawn = samples.map(() => new Float64Array(rounds))
  const sums = new Float64Array(width)
  for (let round = 0; round < rounds; round++) {
    sums.fill(0)
    for (let draw = 0; draw < length; draw++) {
      const at = width * random.below(length)
      for (let column = 0; column < width; column++) sums[column]! += values[at + column]!
    }
    for (let column = 0; column < width; column++) drawn[column]![round] = sums[column]! / length
  }
  return samples.map((sample, column) => {
    const sorted = drawn[column]!.sort()
    const at = (share: number): number => sorted[Math.round(share * (rounds - 1))]!
    const mean = sample.reduce((sum, value) => sum + value, 0) / length
    return { mean, low: at(tail), high: at(1 - tail) }
  })
}
