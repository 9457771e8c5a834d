import { isActedOn, seen } from '../../state/projections/seen.ts'
import type { Filter } from '../pipeline/filter.ts'
import { allOf, maskOf } from './mask.ts'

/** Drops what the user acted on; what they were merely shown stays. */
export function dropActedOn(): Filter {
  return {
    name: 'drop-acted-on',
    needs: ({ user }) => [{ projection: seen, key: user }],
    keep({ user, known }, candidates) {
      const before = known.get(seen, user)
      if (before === undefined) return allOf(candidates)
      return maskOf(candidates, (item) => !isActedOn(before, item))
    },
  }
}
