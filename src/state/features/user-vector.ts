import { positiveSignal } from '../../events/signals.ts'
import { type PerRequest, perRequest } from './per-request.ts'
import { tasteOf } from './taste.ts'

/** Items as vectors whose inner product with a user's vector is the preference to be expected. */
export interface Factors {
  readonly dims: number
  /** Ordinals from here on came after the model was trained. */
  readonly itemCount: number
  /** itemCount × dims; zeros where nothing was learned of an item. */
  readonly items: Float32Array
  /** The vector of a user who met these items; all weights > 0. */
  foldIn(items: Uint32Array, weights: Float32Array): Float32Array
}

/** The model of the moment, or none before the first was trained. */
export type CurrentFactors = () => Factors | undefined

/** A user's vector, and the model that it means something to. */
export interface UserVector {
  readonly factors: Factors
  readonly vector: Float32Array
}

/**
 * The user as a vector, from all that they like as of now; `undefined` where there is no model, or
 * it knows nothing of what they like. Reads what `tasteNeeds` names.
 */
export function userVector(current: CurrentFactors): PerRequest<UserVector | undefined> {
  return perRequest((context, known) => {
    const factors = current()
    if (factors === undefined) return undefined
    const { items, signals } = tasteOf(context, known)
    const liked = items.flatMap((item, place) => {
      const signal = signals[place]!
      return signal >= positiveSignal && isLearned(factors, item) ? [{ item, signal }] : []
    })
    if (liked.length === 0) return undefined
    const vector = factors.foldIn(
      Uint32Array.from(liked, ({ item }) => item),
      Float32Array.from(liked, ({ signal }) => signal),
    )
    return { factors, vector }
  })
}

/** Has the model seen the item? Vectors of items that nobody met are all zeros. */
export function isLearned({ dims, itemCount, items }: Factors, item: number): boolean {
  if (item >= itemCount) return false
  for (let index = item * dims; index < (item + 1) * dims; index++) {
    if (items[index] !== 0) return true
  }
  return false
}
