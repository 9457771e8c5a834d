import type { HistoryModel, SequenceModel } from '../../model.ts'
import { picked, type Signal } from './signal.ts'

/** What follows, as a model of sequences says: log(1 + gain · score). Scores must be >= 0. */
export function chainSignal(model: SequenceModel, gain: number): Signal {
  return {
    kind: model.kind,
    itemCount: model.itemCount,
    of: ({ past }, candidates) =>
      picked(model.next(past), candidates).map((score) => Math.log1p(gain * score)),
    save: () => withGain(model, gain),
  }
}

/** What is liked, as a model of histories says, each thing alike: log(1 + gain · score). */
export function historySignal(model: HistoryModel, gain: number): Signal {
  return {
    kind: model.kind,
    itemCount: model.itemCount,
    of({ past }, candidates) {
      const scores = model.score(past, new Float32Array(past.length).fill(1))
      return picked(scores, candidates).map((score) => Math.log1p(gain * score))
    },
    save: () => withGain(model, gain),
  }
}

function withGain(model: SequenceModel | HistoryModel, gain: number) {
  const { header, weights } = model.save()
  return { header: { ...header, gain }, weights }
}
