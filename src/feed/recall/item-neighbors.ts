import type { NumberSums } from '../../kernel/number-sums.ts'
import { topKScored } from '../../kernel/top-k.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { NeighborLists } from '../../state/sets/neighbor-lists.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'

export interface ItemNeighborsOptions {
  readonly lists: NeighborLists
  /** Made by `likedNeighbors` of the same lists. */
  readonly liked: PerRequest<NumberSums>
  readonly fit: Fit
}

/** What goes with the user's last likes; beside an item, what goes with that item. */
export function itemNeighbors({ lists, liked, fit }: ItemNeighborsOptions): Source {
  return {
    name: 'item-neighbors',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      const { beside, known } = query
      const neighbors = beside === undefined ? liked(query, known) : lists.scores([beside])
      const { numbers: items, sums } = neighbors.entries()
      const fits = fit.of(query)
      const { places, scores } = topKScored(sums, limit, (place) => fits(items[place]!))
      return { items: places.map((place) => items[place]!), scores }
    },
  }
}
