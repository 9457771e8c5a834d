import type { RankedSet } from '../../../state/sets/ranked-set.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'
import { bestOf } from './best-of.ts'

/** What pleased most of all time: where to begin with somebody of whom nothing is known. */
export function popular(set: RankedSet, fit: Fit): Source {
  return bestOf('popular', set, fit, (items) => items.map(set.measure))
}
