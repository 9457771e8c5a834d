import { invalid } from '../../error.ts'
import type { Interactions } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { lowFrequencies } from './low-frequencies.ts'
import { type SpectralModel, spectralModel } from './spectral-model.ts'

export interface SpectralOptions extends TrainingRun {
  /** Directions that are kept, 1 to 1024: the lowest frequencies of the graph. */
  readonly rank: number
  /** How much the directions count beside the neighbours, >= 0. */
  readonly share: number
}

/**
 * Collaborative filtering as a filter of low frequencies on the graph of users and items: nothing
 * is learned by descent (Shen et al. 2021, GF-CF). `interactions` has a row per user.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitSpectral(
  interactions: Interactions,
  { share, ...options }: SpectralOptions,
): Promise<SpectralModel> {
  checkShare(share)
  return spectralModel({ ...(await lowFrequencies(interactions, options)), share })
}

/** Throws `invalid_argument` where it is none. */
export function checkShare(share: number): void {
  if (share >= 0 && share < Number.POSITIVE_INFINITY) return
  throw invalid('share', `${share} must be finite and >= 0`)
}
