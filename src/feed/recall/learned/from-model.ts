import { positiveSignal } from '../../../events/signals.ts'
import { topKScored } from '../../../kernel/top-k.ts'
import type { History, HistoryModel } from '../../../models/model.ts'
import { tasteNeeds, tasteOf } from '../../../state/features/taste.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { Query } from '../../pipeline/query.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'

/** A number per item, from what was liked; networks answer by promise. */
export interface AskedModel extends Pick<HistoryModel, 'itemCount'> {
  score(items: Uint32Array, weights: Float32Array): Float32Array | Promise<Float32Array>
  /**
   * The best of those that are accepted, where that needs no look at all items: about those that
   * `score` puts first, and in the same order.
   */
  best?(
    past: History,
    limit: number,
    accept: (item: Ordinal) => boolean,
  ): Promise<{ readonly rows: Uint32Array; readonly scores: Float32Array }>
}

export interface FromModelOptions {
  readonly name: string
  /** The model of the moment, or none before the first was trained. */
  readonly inForce: () => AskedModel | undefined
  readonly fit: Fit
}

/** Newest likes that a request looks back on: a model's answer takes time by their number. */
const pastCountMax = 200

/**
 * What a model of some family expects the user to like most, from what they liked so far, the
 * newest last; beside an item, what goes with that item alone. Nothing is proposed that the model
 * says nothing of, or expects to be disliked.
 */
export function fromModel({ name, inForce, fit }: FromModelOptions): Source {
  return {
    name,
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    async recall(query, limit) {
      const model = inForce()
      if (model === undefined) return []
      const past = pastOf(query, model.itemCount)
      if (past.items.length === 0) return []
      const fits = fit.of(query)
      if (model.best !== undefined) {
        const { rows, scores } = await model.best(past, limit, fits)
        return { items: rows, scores }
      }
      const expected = await model.score(past.items, past.weights)
      const best = topKScored(expected, limit, (item) => expected[item]! > 0 && fits(item))
      return { items: best.places, scores: best.scores }
    },
  }
}

/** Items that the model knows, the oldest first. */
function pastOf(query: Query, itemCount: number): History {
  if (query.beside !== undefined) {
    const items = query.beside < itemCount ? [query.beside] : []
    return { items: Uint32Array.from(items), weights: new Float32Array(items.length).fill(1) }
  }
  const { items, signals } = tasteOf(query, query.known)
  const liked: number[] = []
  const weights: number[] = []
  for (let place = 0; place < items.length && liked.length < pastCountMax; place++) {
    if (signals[place]! < positiveSignal || items[place]! >= itemCount) continue
    liked.push(items[place]!)
    weights.push(signals[place]!)
  }
  return { items: Uint32Array.from(liked.reverse()), weights: Float32Array.from(weights.reverse()) }
}
