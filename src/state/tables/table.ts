import type { Event } from '../../events/event.ts'
import type { Happening, Need, Ordinal, Past } from '../projections/projection.ts'

/**
 * A fold of the log into one row of numbers per item, resident in memory as one array: what a
 * request reads for hundreds of items at once. Pure like a projection, and as durable.
 */
export interface Table<Column extends string = string, Change = unknown> {
  /** Unique among projections and tables. */
  readonly name: string
  readonly version: number

  /** The numbers of a row, in order. Rows begin as zeros. */
  readonly columns: readonly Column[]

  /** What `changes` will look at, fetched in one trip. */
  reads?(event: Event): readonly Need[]

  changes(happening: Happening, past: Past): readonly (readonly [Ordinal, Change])[]

  /**
   * Applies one change to one row, in place: the row is `data[start .. start + columns.length)`.
   */
  fold(data: Float64Array, start: number, change: Change): void
}

/**
 * A table's rows as they stand. `data` is replaced when it grows: take it anew for every request.
 */
export interface Rows {
  readonly data: Float64Array
  readonly width: number
  /** Rows in use; `data` may hold more. */
  readonly rowCount: number
}
