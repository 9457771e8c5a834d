import type { Interactions } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { type BspmModel, bspmModel } from './bspm-model.ts'
import { lowFrequencies } from './low-frequencies.ts'
import { type Sharpening, sharpeningFilter } from './sharpening.ts'
import { checkShare } from './spectral.ts'

export interface BspmOptions extends TrainingRun, Sharpening {
  /** Directions that are kept, 1 to 1024: the lowest frequencies of the graph. */
  readonly rank: number
  /** How much the directions count beside the neighbours, >= 0. */
  readonly share: number
}

/**
 * Blurring and sharpening (Choi et al. 2023, BSPM): what GF-CF spreads over the graph is drawn
 * together again, so that what is near to everything loses more than what is near to the history.
 * `interactions` has a row per user.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitBspm(
  interactions: Interactions,
  { share, solver, time, steps, states, ...options }: BspmOptions,
): Promise<BspmModel> {
  checkShare(share)
  const sharpening = { solver, time, steps, states }
  sharpeningFilter(sharpening)
  return bspmModel({ ...(await lowFrequencies(interactions, options)), share, sharpening })
}
