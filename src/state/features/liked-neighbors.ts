import type { NumberSums } from '../../kernel/number-sums.ts'
import type { NeighborLists } from '../sets/neighbor-lists.ts'
import type { Feature } from './feature.ts'
import { type PerRequest, perRequest } from './per-request.ts'
import { tasteNeeds, tasteOf } from './taste.ts'

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

/** Scores are small beside 1: this spreads them before the logarithm. */
const spread = 100

/**
 * How well the item goes with what the user liked last.
 */
export function neighborScore(neighbors: PerRequest<NumberSums>): Feature {
  return {
    name: 'neighbor-score',
    absent: 0,
    description: `Liked by those who liked what the user liked last; ln(1 + ${spread} × score)`,
    needs: tasteNeeds,
    fill(context, { items }, known, out) {
      const scores = neighbors(context, known)
      if (scores.size === 0) return
      for (let row = 0; row < items.length; row++) {
        const score = scores.get(items[row]!)
        if (score !== 0) out[row] = Math.log1p(spread * score)
      }
    },
  }
}
