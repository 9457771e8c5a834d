import type { Ordinal } from '../../state/projections/projection.ts'
import type { Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'
import { withRest } from './with-rest.ts'

export interface ExploreSlotsOptions {
  /** The source whose items are drawn from. */
  readonly source: string
  /** One place in so many is given to chance. */
  readonly every: number
  /**
   * Told of each draw: how likely the item was to get the place that it got. What is learned from
   * such places can be weighed by it, and says something of items that no model would have shown.
   */
  readonly drawn?: (query: Query, item: Ordinal, probability: number) => void
}

/**
 * Sets one place in each run of `every` aside for an item that is drawn, all equally likely,
 * from what is left of the source. The place within the run is drawn as well. All other rows keep
 * their order.
 */
export function exploreSlots({ source, every, drawn }: ExploreSlotsOptions): Mixer {
  return {
    name: 'explore-slots',
    mix(query, candidates, order, places = order.length) {
      const ranks = candidates.rankBy(source)
      const pool = order.filter((row) => ranks[row]! >= 0)
      if (pool.length === 0) return order
      const random = query.random.fork('explore-slots')
      const mixed: Row[] = []
      const isMixed = new Uint8Array(candidates.items.length)
      const put = (row: Row): void => {
        mixed.push(row)
        isMixed[row] = 1
      }
      let next = 0
      let slot = 0
      for (let place = 0; place < Math.min(places, order.length); place++) {
        if (place % every === 0) slot = place + random.below(every)
        while (isMixed[order[next]!] === 1) next++
        if (place === slot) dropMixed(pool, isMixed)
        if (place !== slot || pool.length === 0) {
          put(order[next]!)
          continue
        }
        const row = pool[random.below(pool.length)]!
        put(row)
        drawn?.(query, candidates.items[row]!, 1 / pool.length)
      }
      return withRest(mixed, order, isMixed)
    },
  }
}

/** In place, since what is mixed stays mixed: the next draw looks through what this one leaves. */
function dropMixed(pool: Row[], isMixed: Uint8Array): void {
  let count = 0
  for (const row of pool) if (isMixed[row] === 0) pool[count++] = row
  pool.length = count
}
