import type { Timestamp } from '../../src/events/clock.ts'
import type { ActionEvent, UserId } from '../../src/events/event.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'

/** One moment at which somebody liked something, and what was known of them just before it. */
export interface Moment {
  readonly at: Timestamp
  readonly user: UserId
  /** What the user liked so far, as far back as the data go; the newest last. */
  readonly likes: { readonly items: Uint32Array; readonly signals: Float32Array }
}

/** A number per item of the catalogue; or a list, best first: what it lacks was not found. */
export type Ranking = { readonly scores: Float32Array } | { readonly list: ArrayLike<Ordinal> }

/** A way to recommend. One that makes several rankings on its way enters each as a row. */
export interface Contender {
  readonly rows: readonly string[]
  /** What it cost to learn, before the first moment. */
  readonly training: Training
  /** One ranking per row. What the user has acted on is left out by the judge. */
  rank(moment: Moment): readonly Ranking[] | Promise<readonly Ranking[]>
  /** Told of every action when it has happened; for those that learn as time goes by. */
  told?(action: ActionEvent, item: Ordinal): void | Promise<void>
}

export interface Training {
  readonly seconds: number
  /** The most memory that the process held meanwhile. */
  readonly peakBytes: number
}

export const untrained: Training = { seconds: 0, peakBytes: 0 }
