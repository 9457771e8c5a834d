import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import type { Action } from '../../events/event.ts'
import { defaultSignals, moodActions, type Signals, signalOf } from '../../events/signals.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { unpackVector } from '../../kernel/linear/packed-vector.ts'
import { stepPreference } from '../../kernel/linear/preference-step.ts'

export type PageVectors = NonNullable<AnswerOf<Service['feed']>['vectors']>

/** What a user did with an item, as it would be told to the server. */
export interface Deed {
  readonly item: string
  readonly type: Action
  readonly value?: number
}

/** A user as the server saw them when it made a page, moved by what they did since. */
export interface SessionTaste {
  /** Vectors of other models mean nothing here. */
  readonly model: string
  /** The vector of an item of the page, if anything was learned of it. */
  vector(item: string): Float32Array | undefined
  /** Moves the user by a deed with an item of that vector, by the step that the server takes. */
  learn(deed: Deed, vector: Float32Array): void
  /** By how much the log-odds of an item of the page have changed since it was served. */
  gain(item: string): number
}

/** What a match is worth where no ranker has weighed it: as much as one step of the log-odds. */
const unweighed = 1

/** A vector that is not of the dimension counts as none. */
export function sessionTaste(vectors: PageVectors, ids: readonly string[]): SessionTaste {
  const { model, dimension, weight = unweighed } = vectors
  const signals: Signals = vectors.signals ?? defaultSignals
  const served = unpackVector(vectors.user, dimension) ?? new Float32Array(dimension)
  const now = served.slice()
  const items = new Map(
    ids.flatMap((id, place) => {
      const vector = unpackVector(vectors.items[place] ?? '', dimension)
      return vector ? [[id, vector] as const] : []
    }),
  )
  return {
    model,
    vector: (item) => items.get(item),
    learn({ type, value }, vector) {
      const signal = signalOf(signals, type, value)
      if (signal > 0 || moodActions.has(type)) stepPreference(now, vector, 0, signal, vectors)
    },
    gain(item) {
      const vector = items.get(item)
      if (vector === undefined) return 0
      const match = (user: Float32Array): number => dot(vector, 0, user, 0, dimension)
      // A ranker may weigh a match below 0; liking must not push alike items down for all that.
      return Math.max(0, weight) * (match(now) - match(served))
    },
  }
}
