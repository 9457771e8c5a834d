import type { Timestamp } from '../../events/clock.ts'
import type { AttributeType } from '../../events/event.ts'
import type { Ordinal } from '../projections/projection.ts'

/** All items as columns in memory: what filters, features and sources read for hundreds at once. */
export interface Catalogue {
  /** Ordinals run from 0 to here; some may be items that events named and nobody described. */
  readonly size: number

  /** How many items may be shown at this moment, about (exact within a second of change). */
  servableCount(at: Timestamp): number

  /** The type of each attribute, fixed by the first item that had it. */
  readonly schema: ReadonlyMap<string, AttributeType>

  /** Described, not withdrawn, and inside its availability window. */
  servable(item: Ordinal, at: Timestamp): boolean

  /** When the item became (or becomes) available: the base of "how new is it". NaN if unknown. */
  availableFrom(item: Ordinal): Timestamp

  /** Numbers and times of one attribute by ordinal; NaN where absent. May be longer than `size`. */
  numbers(attribute: string): Float64Array | undefined

  text(attribute: string, item: Ordinal): string | undefined

  /** The tags of a tags attribute, or of the channels under the name `channels`. */
  tags(attribute: string): TagColumn | undefined

  geo(attribute: string, item: Ordinal): { latitude: number; longitude: number } | undefined

  vectors(attribute: string): VectorColumn | undefined
}

/** One tags attribute of all items. Codes last as long as the process: keep names instead. */
export interface TagColumn {
  /** Name by code. */
  readonly names: readonly string[]
  code(name: string): number | undefined
  /** Codes of the item's tags, in the order of its record; empty where it has none. */
  of(item: Ordinal): Uint32Array
  /** The first of them, without a list of all; -1 where it has none. */
  first(item: Ordinal): number
  /** The codes of many items at once, several times faster than `of` for each. */
  gather(items: Uint32Array): TagLists
  /** Does the item have the tag? Several times faster than looking through `of`. */
  has(item: Ordinal, code: number): boolean
  /**
   * The items that have the tag, ascending; withdrawn ones included. Good until the next event is
   * folded: copy what must live longer.
   */
  items(code: number): Uint32Array
  /** How many they are: several times faster than the length of `items`. */
  count(code: number): number
}

/** Lists end to end: those of row `r` are `codes[starts[r] .. starts[r + 1])`. */
export interface TagLists {
  readonly starts: Uint32Array
  readonly codes: Uint32Array
}

export interface VectorColumn {
  readonly dimensions: number
  /** Row by ordinal; zeros where absent. */
  readonly data: Float32Array
  has(item: Ordinal): boolean
}
