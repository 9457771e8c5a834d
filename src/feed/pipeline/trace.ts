import type { Timestamp } from '../../events/clock.ts'
import type { RequestId, UserId } from '../../events/event.ts'
import type { History } from '../../state/projections/history.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Inputs } from './inputs.ts'

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
  /**
   * How good each source held what it proposed, as shares of its best, of the first rows of the
   * finished order: `[place * sources + source]`. Absent in traces of earlier versions.
   */
  readonly recallScores?: Float32Array
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

  /** What a ranker of a declared set was given, of the same places. */
  readonly inputs?: Inputs

  /** What the ranker foretold of the same places, where it tells. */
  readonly foretold?: ForetoldPlaces

  /** The item that the feed stood beside, if any. */
  readonly beside?: Ordinal
  /** What the user did that speaks for the finished order, where the recipe tells. */
  readonly grounds?: Grounds
}

export interface ForetoldPlaces {
  readonly heads: readonly string[]
  /** How the score was made of them. */
  readonly formula: string
  /** `[place * heads + head]` */
  readonly values: Float32Array
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
  /** What the user cared for, by their profile. */
  readonly interests?: readonly CaredFor[]
}

/** A topic that the user cared for, or followed, when the recipe ran. */
export interface CaredFor {
  /** Because of the session, in the long run, or because they said so. */
  readonly kind: 'session' | 'lasting' | 'followed'
  /** The channel whose items it is an interest in; those without one where it is empty. */
  readonly channel: string
  readonly attribute: string
  readonly tag: string
  /** How much it says beside the others. */
  readonly weight: number
  /** The deeds that weigh most in it; none of what is followed. */
  readonly deeds: History
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
