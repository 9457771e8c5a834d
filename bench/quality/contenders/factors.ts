import type { IalsModel } from '../../../src/models/als/ials-model.ts'
import type { Contender } from '../contender.ts'

/** The factors alone: the user folded in from what they liked so far. */
export function factors(model: IalsModel, training: Contender['training']): Contender {
  return {
    rows: ['iALS'],
    training,
    rank({ likes }) {
      // Items without a like are zeros, and say nothing of the user.
      const known = likes.items.map((_, place) => place).filter((place) => {
        const start = likes.items[place]! * model.dims
        return model.items[start] !== 0
      })
      const items = Uint32Array.from(known, (place) => likes.items[place]!)
      const signals = Float32Array.from(known, (place) => likes.signals[place]!)
      return [{ scores: model.score(items, signals) }]
    },
  }
}
