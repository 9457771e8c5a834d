import { rowProducts } from '../../kernel/linear/row-products.ts'
import { productSearch } from '../../kernel/product-search.ts'
import { topK } from '../../kernel/top-k.ts'
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
 * Exact: an approximate index would save nothing below some hundred thousand items.
 */
export function nearest({ factors, user, fit }: NearestOptions): Source {
  const searchOf = oncePerModel(({ items, dims }) => productSearch(items, dims))
  return {
    name: 'nearest',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      if (query.beside === undefined) {
        const folded = user(query, query.known)
        if (folded === undefined) return []
        return searchOf(folded.factors).top(folded.vector, limit, fit.of(query))
      }
      const current = factors()
      if (current === undefined) return []
      const cosines = cosinesOf(current, query.beside, searchOf(current).lengths)
      return topK(cosines, limit, fit.of(query))
    },
  }
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
