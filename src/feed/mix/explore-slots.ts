import type { Ordinal } from '../../state/projections/projection.ts'
import type { Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'

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
    mix(query, candidates, order) {
      const ranks = candidates.rankBy(source)
      const pool = order.filter((row) => ranks[row]! >= 0)
      if (pool.length === 0) return order
      const random = query.random.fork('explore-slots')
      const mixed = new Set<Row>()
      let next = 0
      let slot = 0
      for (let place = 0; place < order.length; place++) {
        if (place % every === 0) slot = place + random.below(every)
        while (mixed.has(order[next]!)) next++
        const left = place === slot ? pool.filter((row) => !mixed.has(row)) : []
        if (left.length === 0) {
          mixed.add(order[next]!)
          continue
        }
        const row = left[random.below(left.length)]!
        mixed.add(row)
        drawn?.(query, candidates.items[row]!, 1 / left.length)
      }
      return [...mixed]
    },
  }
}
