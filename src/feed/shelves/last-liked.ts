import type { NumberSums } from '../../kernel/number-sums.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import { type PerRequest, perRequest } from '../../state/features/per-request.ts'
import { tasteOf } from '../../state/features/taste.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { NeighborLists } from '../../state/sets/neighbor-lists.ts'

/** Something that the user liked, and what goes with it. */
export interface LikedItem {
  readonly item: Ordinal
  readonly neighbors: NumberSums
}

/** Likes that are tried: for the newest there may be too little that goes with it. */
const likedCount = 3

/**
 * The user's last likes, newest first, each by itself; of those only that may still be shown, since
 * a shelf bears the item's name. Reads what `tasteNeeds` names.
 */
export function lastLiked(
  lists: NeighborLists,
  catalogue: Pick<Catalogue, 'servable'>,
): PerRequest<readonly LikedItem[]> {
  return perRequest((context, known) =>
    tasteOf(context, known)
      .positives.filter(({ item }) => catalogue.servable(item, context.at))
      .slice(0, likedCount)
      .map(({ item }) => ({ item, neighbors: lists.scores([item]) })),
  )
}
