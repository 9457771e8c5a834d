import type { Query } from '../../feed/pipeline/query.ts'
import type { Grounds } from '../../feed/pipeline/trace.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { tasteOf } from '../../state/features/taste.ts'
import type { CurrentFactors, Factors } from '../../state/features/user-vector.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { NeighborLists } from '../../state/sets/neighbor-lists.ts'

export interface GroundsOptions {
  readonly neighbors: Pick<NeighborLists, 'scores'>
  readonly factors: CurrentFactors
}

/** Likes that are kept, for the tags that they share with an item. */
const likedCountMax = 60

/**
 * Likes that are followed to other items: the newest, as the sources do; below 32, for the bits.
 */
const followedCountMax = 20

/** Items whose factors have at least this cosine are liked by much the same people. */
const alikeCosine = 0.5

/** Finds which of the user's likes speak for the items of a run. Reads what `tasteNeeds` names. */
export function groundsOf({ neighbors, factors }: GroundsOptions) {
  return (query: Query, items: Uint32Array): Grounds => {
    const liked = tasteOf(query, query.known).positives.slice(0, likedCountMax)
    const together = new Uint32Array(items.length)
    const alike = new Uint32Array(items.length)
    const current = factors()
    const lengths = current && Float64Array.from(items, (item) => lengthOf(current, item))
    for (const [bit, { item: seed }] of liked.slice(0, followedCountMax).entries()) {
      const scores = neighbors.scores([seed])
      const least = current && alikeCosine * lengthOf(current, seed)
      for (let place = 0; place < items.length; place++) {
        const item = items[place]!
        if (item === seed) continue
        if (scores.get(item) > 0) together[place]! |= 1 << bit
        // What nothing was learned of has no length, and goes with nothing.
        if (!least || !lengths![place]) continue
        if (product(current, seed, item) >= least * lengths![place]!) alike[place]! |= 1 << bit
      }
    }
    return { liked, together, alike }
  }
}

function product({ dims, items }: Factors, one: Ordinal, other: Ordinal): number {
  return dot(items, one * dims, items, other * dims, dims)
}

function lengthOf(factors: Factors, item: Ordinal): number {
  return item < factors.itemCount ? Math.sqrt(product(factors, item, item)) : 0
}
