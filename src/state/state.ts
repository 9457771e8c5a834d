import type { Event, ItemId } from '../events/event.ts'
import type { Offset } from '../events/log/event-log.ts'
import type { Known, Need, Ordinal, Projection } from './projections/projection.ts'
import type { Key } from './store/store.ts'
import type { Rows, Table } from './tables/table.ts'

/** Every projection and table, folded up to one offset of the log. */
export interface State extends AsyncDisposable {
  /** The offset of the next event to be folded. */
  readonly offset: Offset

  /** Everything before it was written by a checkpoint: a fold goes on here after a crash. */
  readonly durable: Offset

  /** Values and rows that changed since the last checkpoint, and stay in memory until the next. */
  readonly dirtyCount: number

  /**
   * Folds events into the state, in the order of the log. `undefined` is an erased place.
   * Resolves when they are visible to `read`; durable with the next checkpoint.
   */
  fold(first: Offset, events: readonly (Event | undefined)[]): Promise<void>

  /** Fetches all that is needed in one trip. */
  read(needs: readonly Need[]): Promise<Known>

  /** Every stored value of a projection, in key order, as of the last checkpoint. */
  scan<Value>(projection: Projection<Value>, prefix?: Key): AsyncIterable<readonly [Key, Value]>

  rows(table: Table): Rows

  readonly ordinals: Ordinals

  /**
   * Calls back after every fold of the projection, with the new value; `undefined` when deleted.
   */
  watch<Value>(
    projection: Projection<Value>,
    seen: (key: Key, value: Value | undefined) => void,
  ): void

  /** Calls back after every change of a table's row. */
  watchRows(table: Table, seen: (ordinal: Ordinal) => void): void

  /** Writes all that changed, and the offset, in one commit. */
  checkpoint(): Promise<void>

  /** Checkpoints, and leaves nothing on the medium of what was deleted before. */
  shed(): Promise<void>
}

/**
 * Item ids and their dense numbers. Numbers are given in the order of the log, and never reused.
 */
export interface Ordinals {
  readonly size: number
  of(item: ItemId): Ordinal | undefined
  id(ordinal: Ordinal): ItemId
}
