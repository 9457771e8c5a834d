import { topK } from '../../kernel/top-k.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { Source } from '../pipeline/source.ts'
import type { LikedItem } from '../shelves/last-liked.ts'
import type { Fit } from './fit.ts'
import { inTurns } from './in-turns.ts'

/** What goes with each of the user's last likes by itself, in turns. `liked` is a `lastLiked`. */
export function besideLiked(liked: PerRequest<readonly LikedItem[]>, fit: Fit): Source {
  return {
    name: 'beside-liked',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      const fits = fit.of(query)
      const lists = liked(query, query.known).map(({ neighbors }) => {
        const { numbers: items, sums } = neighbors.entries()
        const best = topK(sums, limit, (place) => fits(items[place]!))
        return Array.from(best, (place) => items[place]!)
      })
      return inTurns(lists, limit)
    },
  }
}
