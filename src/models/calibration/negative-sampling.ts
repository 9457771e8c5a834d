import { invalid } from '../../error.ts'

/**
 * What a probability is where all rows count, given by a model that learned from all positives and
 * a `share` of the negatives: p / (p + (1 - p) / share) (He et al., ADKDD 2014, section 6.3).
 *
 * Throws `invalid_argument` for a share out of (0, 1].
 */
export function withoutSampling(chances: Float32Array, share: number): Float32Array {
  if (!(share > 0 && share <= 1)) throw invalid('negativeShare', `${share} must be > 0 and <= 1`)
  return chances.map((chance) => chance / (chance + (1 - chance) / share))
}
