import type { RankedSet } from '../../../state/sets/ranked-set.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'
import { bestOf } from './best-of.ts'

/** What came last. `set` is a `freshSet`. */
export function fresh(set: RankedSet, fit: Fit): Source {
  return bestOf('fresh', set, fit)
}
