import type { Timestamp } from '../../events/clock.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Context } from '../../state/features/feature.ts'
import type { Need, Ordinal } from '../../state/projections/projection.ts'
import { dayOf, isActedOn, isSeen, type Seen, seen } from '../../state/projections/seen.ts'
import type { Query } from '../pipeline/query.ts'
import { rulesOutNothing } from '../ruled-out.ts'

/**
 * Which items a source should trouble a request with. What a recipe's filters drop anyway only
 * takes places away: a source whose best three hundred were all seen would come back with nothing.
 */
export interface Fit {
  /** The user's values it will read from `query.known`. */
  needs(context: Context): readonly Need[]

  /** The test for one request. */
  of(query: Query): (item: Ordinal) => boolean
}

/** Servable, in the channel, and not ruled out by the request itself. */
export function showable(catalogue: Pick<Catalogue, 'servable' | 'tags'>): Fit {
  return {
    needs: () => [],
    of({ at, channel, excluded, beside, condition }) {
      const channels = catalogue.tags('channels')
      const code = channel === '' ? undefined : channels?.code(channel)
      if (channel !== '' && code === undefined) return () => false
      const inChannel = (item: Ordinal): boolean =>
        catalogue.servable(item, at) && (code === undefined || channels!.has(item, code))
      // Most requests rule nothing out, and each item is asked about several times.
      if (excluded.size === 0 && beside === undefined && condition === undefined) return inChannel
      return (item) =>
        inChannel(item) &&
        item !== beside &&
        !excluded.has(item) &&
        (condition === undefined || condition(item))
    },
  }
}

/** Showable, and new to the user: for recipes that drop what was seen. */
export function unseen(catalogue: Pick<Catalogue, 'servable' | 'tags'>): Fit {
  return but(catalogue, (before, at) => {
    const day = dayOf(at)
    return (item) => isSeen(before, item, day)
  })
}

/** Showable, and not acted on: for recipes that may show again what was merely shown. */
export function untouched(catalogue: Pick<Catalogue, 'servable' | 'tags'>): Fit {
  return but(catalogue, (before) => (item) => isActedOn(before, item))
}

/** What is showable, but for what the user's past speaks against. */
function but(
  catalogue: Pick<Catalogue, 'servable' | 'tags'>,
  isOut: (before: Seen, at: Timestamp) => (item: Ordinal) => boolean,
): Fit {
  const shown = showable(catalogue)
  return {
    needs: ({ user }) => [{ projection: seen, key: user }],
    of(query) {
      const fits = shown.of(query)
      const before = query.known.get(seen, query.user)
      if (before === undefined) return fits
      const out = isOut(before, query.at)
      return (item) => !out(item) && fits(item)
    },
  }
}

/**
 * What fits, but for what operators blocked. `blockedOf` is asked once per request.
 */
export function allowed(fit: Fit, blockedOf: () => (item: Ordinal) => boolean): Fit {
  return {
    needs: fit.needs,
    of(query) {
      const [fits, blocked] = [fit.of(query), blockedOf()]
      return blocked === rulesOutNothing ? fits : (item) => fits(item) && !blocked(item)
    },
  }
}
