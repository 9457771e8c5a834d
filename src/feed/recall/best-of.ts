import type { RankedSet } from '../../state/sets/ranked-set.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'

/** The first of a resident order that fit the request. */
export function bestOf(name: string, set: RankedSet, fit: Fit): Source {
  return {
    name,
    needs: fit.needs,
    recall: (query, limit) => set.top(query.channel, query.at, limit, fit.of(query)),
  }
}
