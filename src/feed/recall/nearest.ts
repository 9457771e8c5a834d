import { rowProducts } from '../../kernel/linear/row-products.ts'
import { exactSearch } from '../../kernel/nearest/exact-search.ts'
import { lengthsOf } from '../../kernel/nearest/lengths.ts'
import type { Nearest } from '../../kernel/nearest/nearest.ts'
import { openNearest } from '../../kernel/nearest/open-nearest.ts'
import { topKScored } from '../../kernel/top-k.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { CurrentFactors, Factors, UserVector } from '../../state/features/user-vector.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'

export interface NearestOptions {
  readonly factors: CurrentFactors
  /** Made by `userVector` of the same factors. */
  readonly user: PerRequest<UserVector | undefined>
  readonly fit: Fit
}

/**
 * The items that the factors expect the user to like most; beside an item, those whose factors
 * point the same way. Nothing is proposed that the factors expect to be disliked, or know nothing
 * of.
 *
 * All items are looked at, unless the training learned in which lists they lie: learning that takes
 * seconds, and is nothing for a request. What either needs is made within the first request that
 * asks, in time linear in the items.
 */
export function nearest({ factors, user, fit }: NearestOptions): Source {
  const searchOf = oncePerModel(({ items, dims, lists }) => {
    const given = { rows: items, width: dims, measure: 'product', seed: 0 } as const
    return lists === undefined ? exactSearch(given) : openNearest({ ...given, lists })
  })
  const alikeOf = oncePerModel(
    ({ items, dims, alike: lists }) =>
      lists && openNearest({ rows: items, width: dims, measure: 'cosine', seed: 0, lists }),
  )
  const lengths = oncePerModel(({ items, dims }) => lengthsOf(items, dims))
  return {
    name: 'nearest',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      if (query.beside === undefined) {
        const folded = user(query, query.known)
        if (folded === undefined) return []
        const only = { accept: fit.of(query), above: 0 }
        const { rows, scores } = searchOf(folded.factors).search(folded.vector, limit, only)
        return { items: rows, scores }
      }
      const current = factors()
      if (current === undefined) return []
      const alike = alikeOf(current)
      if (alike !== undefined) {
        return alikeTo(current, query.beside, alike, { limit, accept: fit.of(query) })
      }
      const cosines = cosinesOf(current, query.beside, lengths(current))
      const { places: items, scores } = topKScored(cosines, limit, fit.of(query))
      return { items, scores }
    },
  }
}

/** The same, to what looking at all items would say, of those that lists find. */
function alikeTo(
  { dims, itemCount, items }: Factors,
  item: Ordinal,
  alike: Nearest,
  { limit, accept }: { readonly limit: number; readonly accept: (item: Ordinal) => boolean },
) {
  if (item >= itemCount) return []
  const from = items.subarray(item * dims, (item + 1) * dims)
  const { rows, scores } = alike.search(from, limit, { accept, above: 0 })
  const length = Math.hypot(...from)
  return { items: rows, scores: scores.map((cosine) => cosine * length) }
}

/** One number per item of the model; NaN, which no list takes, where it is not above 0. */
function cosinesOf(
  { dims, itemCount, items }: Factors,
  item: Ordinal,
  lengths: Float32Array,
): Float32Array {
  if (item >= itemCount) return new Float32Array(0)
  const from = items.subarray(item * dims, (item + 1) * dims)
  // The item's own length divides all alike, and is left out.
  return rowProducts(items, dims, from).map((product, other) =>
    product > 0 ? product / lengths[other]! : Number.NaN,
  )
}

/** What is made of a model, made when first asked for and kept as long as the model. */
function oncePerModel<Made>(make: (factors: Factors) => Made): (factors: Factors) => Made {
  const made = new WeakMap<Factors, { readonly value: Made }>()
  return (factors) => {
    let kept = made.get(factors)
    if (kept === undefined) made.set(factors, (kept = { value: make(factors) }))
    return kept.value
  }
}
