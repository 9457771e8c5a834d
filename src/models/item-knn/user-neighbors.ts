import { invalid } from '../../error.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { ItemKnnModel } from './item-knn-model.ts'

/** Scores by what users like somebody met. */
export interface UserNeighbors {
  /** One number per item, 0 for what none of them met: of somebody unknown all are 0. */
  scoreUser(user: number): Float32Array
}

/**
 * User neighbours (Resnick et al. 1994; for what is met or not, Aiolli 2013): each item by how near
 * those are who met it, divided by (how many met it) ^ restraint. `near` is a model of neighbours
 * of the interactions transposed, whose items are the users.
 *
 * Throws `invalid_argument` for a restraint outside [0, 1], and for neighbours of other users.
 */
export function userNeighbors(
  near: Pick<ItemKnnModel, 'neighbors' | 'itemCount'>,
  interactions: Interactions,
  { restraint }: { readonly restraint: number },
): UserNeighbors {
  if (!(restraint >= 0 && restraint <= 1)) {
    throw invalid('restraint', `${restraint} must be >= 0 and <= 1`)
  }
  const { rowCount, columnCount, starts, columns, weights } = interactions
  if (near.itemCount !== rowCount) {
    throw invalid('near', `holds ${near.itemCount} users and the interactions ${rowCount}`)
  }
  const byItem = transposed(interactions).starts
  const held = Float64Array.from({ length: columnCount }, (_, item) => {
    return 1 / Math.max(1, byItem[item + 1]! - byItem[item]!) ** restraint
  })
  return {
    scoreUser(user) {
      const scores = new Float32Array(columnCount)
      if (user >= rowCount) return scores
      const { items: others, similarities } = near.neighbors(user)
      for (const [place, other] of others.entries()) {
        const similarity = similarities[place]!
        for (let cell = starts[other]!; cell < starts[other + 1]!; cell++) {
          const item = columns[cell]!
          scores[item] = scores[item]! + similarity * weights[cell]! * held[item]!
        }
      }
      return scores
    },
  }
}
