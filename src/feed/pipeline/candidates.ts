import type { Column } from '../../state/features/feature.ts'
import type { Ordinal } from '../../state/projections/projection.ts'

/**
 * A row number. Rows are numbered by recall, and once anew when the filters are done; else they
 * never move.
 */
export type Row = number

/** Rows, best first. */
export type Order = readonly Row[]

/** One entry per row: 1 to keep it, 0 to drop it. */
export type Mask = Uint8Array

/** The items on their way to a feed: a row per item, a column per thing known about it. */
export interface Candidates {
  readonly items: Uint32Array

  /** The names of the sources that proposed the row, in recipe order. */
  sources(row: Row): readonly string[]

  /**
   * Rank (from 0) that a source gave each row, or -1 where it did not propose the row. By the name
   * of a family: the best that any of its sources gave.
   */
  rankBy(source: string): Float32Array

  /**
   * How good a source holds each row, as a share of what it holds of its best one: 0 to 1, and 0
   * where it did not propose the row or gives no scores.
   */
  scoreBy(source: string): Float32Array

  /** One number per row; filled with `column.absent` where no stage wrote it. */
  column(column: Column): Float32Array
}

/** What a source proposes: ordinals, best first; where it can tell, with how good each is. */
export type Recalled = ArrayLike<Ordinal> | ScoredItems

export interface ScoredItems {
  readonly items: ArrayLike<Ordinal>
  /** One per item, in the source's own unit, in which 0 is no reason to propose anything. */
  readonly scores: ArrayLike<number>
}

/** What came of asking a source: its items, and what else is known of them. */
export interface Proposed {
  readonly items: ArrayLike<Ordinal>
  readonly scores?: ArrayLike<number>
  /** The family of the source, where it is of one. */
  readonly family?: string
}
