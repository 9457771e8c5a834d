import type { NumberSums } from '../../kernel/number-sums.ts'
import type { NeighborLists } from '../sets/neighbor-lists.ts'
import { type PerRequest, perRequest } from './per-request.ts'
import { tasteOf } from './taste.ts'

/** Likes that are followed to their neighbors. */
const seedCount = 20

/**
 * The items that go with what the user liked lately, and how well. Reads what `tasteNeeds` names.
 */
export function likedNeighbors(lists: NeighborLists): PerRequest<NumberSums> {
  return perRequest((context, known) => {
    const { positives } = tasteOf(context, known)
    return lists.scores(positives.slice(0, seedCount).map((deed) => deed.item))
  })
}
