import type { Ordinal } from '../../../state/projections/projection.ts'
import type { RankedSet } from '../../../state/sets/ranked-set.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'

/**
 * The first of a resident order that fit the request.
 *
 * @param scoresOf how good they are, where a share of the best means something: of a time it
 *   doesn't
 */
export function bestOf(
  name: string,
  set: RankedSet,
  fit: Fit,
  scoresOf?: (items: readonly Ordinal[]) => readonly number[],
): Source {
  return {
    name,
    needs: fit.needs,
    recall(query, limit) {
      const items = set.top(query.channel, query.at, limit, fit.of(query))
      return scoresOf === undefined ? items : { items, scores: scoresOf(items) }
    },
  }
}
