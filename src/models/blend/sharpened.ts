import { invalid } from '../../error.ts'
import { topK } from '../../kernel/top-k.ts'
import type { HistoryModel } from '../model.ts'
import { addSpread } from './spread.ts'

export interface SharpenedOptions {
  /** How much is taken away, > 0: of what spreads as far as what it is taken from. */
  readonly share: number
  /** How many of the best are asked what is near to them in turn, >= 1. */
  readonly reach: number
}

/**
 * Takes from what is near to a history what is near to that in turn. What lies near to everything
 * is reached both ways and goes; what is near to the history alone stays: neighbours blur, and this
 * sharpens (Choi et al. 2023, BSPM, whose sharpening is here one step of Euler).
 *
 * Throws `invalid_argument` for options out of range.
 */
export function sharpened(
  model: Pick<HistoryModel, 'score' | 'itemCount'>,
  { share, reach }: SharpenedOptions,
): Pick<HistoryModel, 'score' | 'itemCount'> {
  if (!(share > 0 && share < Number.POSITIVE_INFINITY)) {
    throw invalid('share', `${share} must be finite and > 0`)
  }
  if (!(Number.isInteger(reach) && reach >= 1)) {
    throw invalid('reach', `${reach} must be a whole number >= 1`)
  }
  return {
    itemCount: model.itemCount,
    score(items, weights) {
      const near = model.score(items, weights)
      const best = topK(near, reach).filter((item) => near[item]! > 0)
      const further = model.score(
        best,
        Float32Array.from(best, (item) => near[item]!),
      )
      const scores = new Float32Array(model.itemCount)
      addSpread(scores, near, 1)
      addSpread(scores, further, -share)
      return scores
    },
  }
}
