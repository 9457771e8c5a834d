import type { RankedSet } from '../../state/sets/ranked-set.ts'
import type { Source } from '../pipeline/source.ts'
import { bestOf } from './best-of.ts'
import type { Fit } from './fit.ts'

/** What many like right now. `set` is a `trendingSet`. */
export function trending(set: RankedSet, fit: Fit): Source {
  return bestOf('trending', set, fit)
}
