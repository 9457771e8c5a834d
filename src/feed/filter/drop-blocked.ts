import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import { seen } from '../../state/projections/seen.ts'
import type { Ordinals } from '../../state/state.ts'
import type { Filter } from '../pipeline/filter.ts'
import type { Query } from '../pipeline/query.ts'
import type { Blocked } from '../rules.ts'
import { maskOf } from './mask.ts'

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
      const blocked = blockedOf(query)
      const items = new Set(blocked.items.map((item) => ordinals.of(item)))
      const channels = catalogue.tags('channels')
      const codes = (blocked.channels ?? [])
        .map((channel) => channels?.code(channel))
        .filter((code) => code !== undefined)
      return maskOf(
        candidates,
        (item) =>
          byUser?.has(item) !== true &&
          !items.has(item) &&
          !codes.some((code) => channels!.has(item, code)),
      )
    },
  }
}
