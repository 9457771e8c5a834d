import type { Timestamp } from '../../events/clock.ts'
import type { ItemRecord } from '../../events/event.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Projection } from './projection.ts'

/** An item as it stands. A withdrawn one keeps its record: old pages still say what it was. */
export interface StoredItem {
  readonly record: ItemRecord
  readonly withdrawn: boolean
  /** When it was first put. */
  readonly firstAt: Timestamp
  /** When it was last put or withdrawn. */
  readonly changedAt: Timestamp
}

/** The new record, or `undefined` where the item was withdrawn. */
interface Change {
  readonly record: ItemRecord | undefined
  readonly at: Timestamp
}

/** What is known of each item, by id. Putting a withdrawn item brings it back. */
export const items: Projection<StoredItem, Change> = {
  name: 'items',
  version: 1,
  keyBy: 'item',

  changes({ event }: Happening) {
    if (event.type === 'item') return [[event.item, { record: event.record, at: event.at }]]
    if (event.type === 'withdraw') return [[event.item, { record: undefined, at: event.at }]]
    return []
  },

  fold(value, { record, at }) {
    const described = record ?? value?.record
    // Nothing is remembered of the withdrawal of an item that nobody described.
    if (described === undefined) return undefined
    return {
      record: described,
      withdrawn: record === undefined,
      firstAt: value?.firstAt ?? at,
      changedAt: at,
    }
  },

  encode: encodeJson,
  decode: decodeJson,
}
