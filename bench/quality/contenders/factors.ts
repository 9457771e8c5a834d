import type { IalsModel } from '../../../src/models/als/ials-model.ts'
import { isLearned } from '../../../src/state/features/user-vector.ts'
import type { Contender, Training } from '../contender.ts'

/** The factors alone, as they were at the cut: the user folded in from what they liked so far. */
export function factors(model: IalsModel, training: Training): Contender {
  return {
    rows: ['iALS'],
    training,
    rank({ likes: { items, signals } }) {
      const known = [...items.keys()].filter((place) => isLearned(model, items[place]!))
      const history = Uint32Array.from(known, (place) => items[place]!)
      const weights = Float32Array.from(known, (place) => signals[place]!)
      return [{ scores: model.score(history, weights) }]
    },
  }
}
