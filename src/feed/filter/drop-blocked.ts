import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import { seen } from '../../state/projections/seen.ts'
import type { Ordinals } from '../../state/state.ts'
import type { Filter } from '../pipeline/filter.ts'
import type { Query } from '../pipeline/query.ts'
import { ruledOut, rulesOutNothing } from '../ruled-out.ts'
import type { Blocked } from '../rules.ts'
import { allOf, maskOf } from './mask.ts'

/** Drops what the user reported or disliked, and what operators blocked for everybody. */
export function dropBlocked(
  catalogue: Pick<Catalogue, 'tags'>,
  ordinals: Pick<Ordinals, 'of'>,
  blockedOf: (query: Query) => Blocked,
): Filter {
  return {
    name: 'drop-blocked',
    needs: ({ user }) => [{ projection: seen, key: user }],
    keep(query, candidates) {
      const byUser = query.known.get(seen, query.user)?.blocked
      const byOperators = ruledOut(catalogue, ordinals, blockedOf(query))
      if (!byUser?.size && byOperators === rulesOutNothing) return allOf(candidates)
      return maskOf(candidates, (item) => byUser?.has(item) !== true && !byOperators(item))
    },
  }
}
