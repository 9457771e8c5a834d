import type { Timestamp } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import type { Known, Need } from '../projections/projection.ts'

/** Who is asking, when, and from where. A feature knows nothing more about a request. */
export interface Context {
  readonly user: UserId
  readonly at: Timestamp
  readonly scene: string
  readonly channel: string
  /** Facts of the request itself: device, place, network. */
  readonly fields: Readonly<Record<string, string>>
}

/** A named number per candidate. `absent` is what a row holds where nobody could tell. */
export interface Column {
  readonly name: string
  readonly absent: number
}

/** The candidates as features see them: ordinals, and who recalled each. */
export interface Rows {
  readonly items: Uint32Array
  /** Rank (from 0) that a source gave each row, or -1 where it did not recall the row. */
  rankBy(source: string): Float32Array
  /**
   * How good a source held each row, as a share of its best one: 0 to 1, and 0 where it did not
   * recall the row or gives no scores.
   */
  scoreBy(source: string): Float32Array
}

/** Rows that no source recalled: what is asked for by name, or told by a record alone. */
export function unrecalled(items: ArrayLike<number>): Rows {
  const { length } = items
  return {
    items: Uint32Array.from(items),
    rankBy: () => new Float32Array(length).fill(-1),
    scoreBy: () => new Float32Array(length),
  }
}

/**
 * A column that is computed from state.
 *
 * Serving and training call the same two methods, the one with today's state and the other with the
 * state replayed to the moment a feed was served. Nothing here can tell them apart.
 *
 * Item data comes from resident columns that the feature was made with (catalogue, tables,
 * factors); user data comes through `needs`, so that all features of a request are fetched in one
 * trip.
 */
export interface Feature extends Column {
  /** What the number means, with its unit: shown wherever the feature is explained. */
  readonly description: string

  /** The user's values that `fill` will read. */
  needs(context: Context): readonly Need[]

  /** Writes one number per row into `out`, which arrives filled with `absent`. */
  fill(context: Context, rows: Rows, known: Known, out: Float32Array): void
}
