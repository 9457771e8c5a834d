import type { Timestamp } from '../../events/clock.ts'
import type { RequestId, UserId } from '../../events/event.ts'
import type { History } from '../../state/projections/history.ts'
import type { Ordinal } from '../../state/projections/projection.ts'

/**
 * What each stage of one run did, as columns over all recalled rows: the answer to "why was this
 * shown?" and "why not that?". Kept small, because every run makes one; insight/explain/ reads it
 * out.
 */
export interface Trace {
  readonly run: RequestId
  readonly user: UserId
  readonly at: Timestamp
  readonly recipe: string
  readonly model: string
  readonly steps: readonly Step[]

  /** Ordinal by row, in recall order. */
  readonly items: Uint32Array
  readonly sources: readonly string[]
  /** Rank (from 0) by source and row: `ranks[source * rowCount + row]`; -1 where not proposed. */
  readonly ranks: Int16Array
  /** By row: index of the filter that dropped it, or `keptRow`, or `cutRow`. */
  readonly droppedBy: Int8Array
  readonly filters: readonly string[]
  /** By row; NaN where not ranked. */
  readonly scores: Float32Array

  /** Rows in the order the ranker gave, then in the order after each mixer. */
  readonly orders: readonly Uint16Array[]
  readonly mixers: readonly string[]

  readonly features: readonly string[]
  /**
   * Values and contributions of the first rows of the finished order: `[place * features +
   * feature]`.
   */
  readonly values: Float32Array
  readonly contributions: Float32Array

  /** The item that the feed stood beside, if any. */
  readonly beside?: Ordinal
  /** What the user did that speaks for the finished order, where the recipe tells. */
  readonly grounds?: Grounds
}

/**
 * What a user had liked when a recipe ran, and which of it speaks for each item that it brought.
 * Kept with the trace: later deeds of the user change what goes with what.
 */
export interface Grounds {
  /** What the user liked, newest first. */
  readonly liked: History
  /** By place of the finished order: bit n is set where `liked[n]` is liked together with it. */
  readonly together: Uint32Array
  /** The same, where `liked[n]` is liked by much the same people. */
  readonly alike: Uint32Array
}

export interface Step {
  readonly stage: 'recall' | 'filter' | 'rank' | 'mix'
  readonly name: string

  /** Rows the source brought, or how many there were when the step was done. */
  readonly rowCount: number
  readonly dropped: number
  readonly durationMs: number
  readonly failure?: string
}

/** `droppedBy` of a row that passed every filter. */
export const keptRow = -1

/** `droppedBy` of a row that passed, and came after the last place that is ranked. */
export const cutRow = -2

/** Places whose features are kept: those of one page, but at least and at most so many. */
export const tracedPlaces = { min: 50, max: 200 } as const
