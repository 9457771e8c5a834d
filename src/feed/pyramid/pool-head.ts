import type { Context } from '../../state/features/feature.ts'
import { type PerRequest, perRequest } from '../../state/features/per-request.ts'
import { heads, poolOf } from '../../state/projections/heads.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Need } from '../../state/projections/projection.ts'
import { shelf, shelfKey } from '../../state/projections/shelf.ts'
import type { Query } from '../pipeline/query.ts'
import type { Source } from '../pipeline/source.ts'

/** Items pushed to the ranker at a time (F-31). */
export const headLength = 50

/** What may be pushed of a user's pool: nothing that ran out, or was pushed before. */
export function unpushed(
  { user, scene, channel, at }: Pick<Context, 'user' | 'scene' | 'channel' | 'at'>,
  known: Query['known'],
): readonly Entry[] {
  const pool = known.get(shelf, shelfKey(user, poolOf(scene), channel))
  const gone = new Set(known.get(heads, shelfKey(user, scene, channel)))
  return pool === undefined ? [] : [...pool.waiting.lasting(at).without(gone)]
}

/** What `unpushed` reads. */
export function poolNeeds({ user, scene, channel }: Pick<Context, 'user' | 'scene' | 'channel'>) {
  const needs: readonly Need[] = [
    { projection: shelf, key: shelfKey(user, poolOf(scene), channel) },
    { projection: heads, key: shelfKey(user, scene, channel) },
  ]
  return needs
}

/** Which items a request may push, told by the query. */
export interface HeadFit {
  needs(context: Context): readonly Need[]
  of(query: Query): (item: number) => boolean
}

/** The next head of the user's pool: the first that fit of what was not pushed yet. */
export function nextHead(fit: HeadFit): PerRequest<readonly Entry[]> {
  return perRequest((context, known) => {
    // A context of a run is its query.
    const fits = fit.of(context as Query)
    const head: Entry[] = []
    for (const entry of unpushed(context, known)) {
      if (head.length === headLength) break
      if (fits(entry.item)) head.push(entry)
    }
    return head
  })
}

/**
 * Those items of the head that a strategy hit when the pool was filled, under the strategy's name:
 * what is shown goes on telling where it came from.
 */
export function headOf(name: string, head: PerRequest<readonly Entry[]>, fit: HeadFit): Source {
  return fromHead(name, head, fit, ({ sources }) => sources.includes(name))
}

/** What no strategy of today hit: its set was taken away since. `names` are those there are. */
export function restOfHead(
  names: () => ReadonlySet<string>,
  head: PerRequest<readonly Entry[]>,
  fit: HeadFit,
): Source {
  return fromHead('pool', head, fit, ({ sources }) => {
    const known = names()
    return !sources.some((source) => known.has(source))
  })
}

function fromHead(
  name: string,
  head: PerRequest<readonly Entry[]>,
  fit: HeadFit,
  belongs: (entry: Entry) => boolean,
): Source {
  return {
    name,
    needs: (context) => [...poolNeeds(context), ...fit.needs(context)],
    recall: (query, limit) =>
      head(query, query.known)
        .filter(belongs)
        .slice(0, limit)
        .map(({ item }) => item),
  }
}
