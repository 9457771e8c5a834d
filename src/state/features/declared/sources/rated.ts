import { history } from '../../../projections/history.ts'
import type { Need } from '../../../projections/projection.ts'
import type { Context } from '../../feature.ts'
import { type PerRequest, perRequest } from '../../per-request.ts'

/** A rating that stands: of several of one item, the newest. */
export interface Rated {
  readonly item: number
  readonly value: number
  readonly at: number
}

/**
 * What the user rated, the newest first, as far back as the history goes. Ordered by time as a
 * number: as texts, times of nine digits would come after those of ten.
 */
export const ratedOf: PerRequest<readonly Rated[]> = perRequest((context, known) => {
  const found = new Map<number, Rated>()
  for (const { item, action, value, at } of known.get(history, context.user) ?? []) {
    if (action !== 'rate' || value === undefined) continue
    if ((found.get(item)?.at ?? Number.NEGATIVE_INFINITY) > at) continue
    // Put last, so that of two of one moment the later one of the log is the newer.
    found.delete(item)
    found.set(item, { item, value, at })
  }
  return [...found.values()].reverse().sort((a, b) => b.at - a.at)
})

export function ratedNeeds(context: Context): readonly Need[] {
  return [{ projection: history, key: context.user }]
}
