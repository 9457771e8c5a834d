import { moodActions, positiveSignal, signalOf } from '../../events/signals.ts'
import { type Footing, stepPreference } from '../../kernel/linear/preference-step.ts'
import type { LearnedLists } from '../../kernel/nearest/nearest.ts'
import { history } from '../projections/history.ts'
import { signalsInForce } from '../projections/parameters.ts'
import type { Known } from '../projections/projection.ts'
import type { Context } from './feature.ts'
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
  /** What holds a user's vector against one thing more that they do. */
  readonly footing: Footing
  /** In which lists the items lie, where they are so many that looking at all takes too long. */
  readonly lists?: LearnedLists
  /** The same by their directions, for what goes with an item. */
  readonly alike?: LearnedLists
}

/** The model of the moment, or none before the first was trained. */
export type CurrentFactors = () => Factors | undefined

/** A user's vector, and the model that it means something to. */
export interface UserVector {
  readonly factors: Factors
  readonly vector: Float32Array
}

/** What displeased speaks of a mood: after so long it moves the vector no more. */
export const moodMs = 30 * 60_000

/**
 * The user as a vector: folded in from all that they like as of now, then moved by each thing that
 * displeased them within the last half hour, as a client moves it too. `undefined` where there is
 * no model, or it knows nothing of what they like. Reads what `tasteNeeds` names.
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
    const likes = new Set(liked.map(({ item }) => item))
    moveAway(vector, factors, context, known, (item) => !likes.has(item))
    return { factors, vector }
  })
}

/** Takes a step for every deed of the mood that displeased, in their order. */
function moveAway(
  vector: Float32Array,
  factors: Factors,
  { user, at }: Context,
  known: Known,
  counts: (item: number) => boolean,
): void {
  const signals = signalsInForce(known)
  for (const deed of known.get(history, user) ?? []) {
    if (deed.at <= at - moodMs || !moodActions.has(deed.action)) continue
    if (!counts(deed.item) || !isLearned(factors, deed.item)) continue
    const signal = signalOf(signals, deed.action, deed.value)
    const { items, dims, footing } = factors
    if (signal < 0) stepPreference(vector, items, deed.item * dims, signal, footing)
  }
}

/** Has the model seen the item? Vectors of items that nobody met are all zeros. */
export function isLearned({ dims, itemCount, items }: Factors, item: number): boolean {
  if (item >= itemCount) return false
  for (let index = item * dims; index < (item + 1) * dims; index++) {
    if (items[index] !== 0) return true
  }
  return false
}
