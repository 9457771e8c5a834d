import { dayOf, isSeen, seen } from '../../state/projections/seen.ts'
import type { Filter } from '../pipeline/filter.ts'
import { allOf, maskOf } from './mask.ts'

/** Drops what the user was served within 90 days or acted on, in whatever scene or channel. */
export function dropSeen(): Filter {
  return {
    name: 'drop-seen',
    needs: ({ user }) => [{ projection: seen, key: user }],
    keep({ user, at, known }, candidates) {
      const before = known.get(seen, user)
      if (before === undefined) return allOf(candidates)
      const day = dayOf(at)
      return maskOf(candidates, (item) => !isSeen(before, item, day))
    },
  }
}
