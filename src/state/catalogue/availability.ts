import type { Timestamp } from '../../events/clock.ts'
import { grown } from '../../kernel/lists/grown.ts'
import type { StoredItem } from '../projections/items.ts'
import type { Ordinal } from '../projections/projection.ts'

/** When each item may be shown, and how many may be: 25 bytes an item. */
export interface Availability {
  put(item: Ordinal, stored: StoredItem): void

  /** Described, not withdrawn, and inside the window that its record states. */
  servable(item: Ordinal, at: Timestamp): boolean

  /** How many items are servable; may miss windows that opened or closed within a second. */
  servableCount(at: Timestamp): number

  /** The record's `availableFrom`, else its time `publishedAt`, else when it was first put. */
  availableFrom(item: Ordinal): Timestamp
}

const recountAfterMs = 1_000

export function availability(rowCountAtFirst: number): Availability {
  let rowCount = 0
  let shown = new Uint8Array(rowCountAtFirst)
  let opensAt = new Float64Array(rowCountAtFirst)
  let closesAt = new Float64Array(rowCountAtFirst)
  let newSince = new Float64Array(rowCountAtFirst).fill(Number.NaN)
  /** The count at `countedAt`, which holds until a window opens or closes at `holdsUntil`. */
  let [count, countedAt, holdsUntil] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

  function servable(item: Ordinal, at: Timestamp): boolean {
    return shown[item] === 1 && opensAt[item]! <= at && at < closesAt[item]!
  }

  function noteBoundaries(item: Ordinal): void {
    if (shown[item] !== 1) return
    if (opensAt[item]! > countedAt) holdsUntil = Math.min(holdsUntil, opensAt[item]!)
    if (closesAt[item]! > countedAt) holdsUntil = Math.min(holdsUntil, closesAt[item]!)
  }

  function recount(at: Timestamp): void {
    ;[count, countedAt, holdsUntil] = [0, at, Number.POSITIVE_INFINITY]
    for (let item = 0; item < rowCount; item++) {
      if (servable(item, at)) count++
      noteBoundaries(item)
    }
  }

  return {
    servable,

    put(item, { record, withdrawn, firstAt }) {
      rowCount = Math.max(rowCount, item + 1)
      shown = grown(shown, rowCount)
      opensAt = grown(opensAt, rowCount)
      closesAt = grown(closesAt, rowCount)
      newSince = grown(newSince, rowCount, Number.NaN)
      if (servable(item, countedAt)) count--
      shown[item] = withdrawn ? 0 : 1
      opensAt[item] = record.availableFrom ?? Number.NEGATIVE_INFINITY
      closesAt[item] = record.availableUntil ?? Number.POSITIVE_INFINITY
      newSince[item] = record.availableFrom ?? publishedAt(record) ?? firstAt
      if (servable(item, countedAt)) count++
      noteBoundaries(item)
    },

    servableCount(at) {
      const stale = at >= holdsUntil && at - countedAt >= recountAfterMs
      if (stale || at < countedAt) recount(at)
      return count
    },

    availableFrom: (item) => newSince[item] ?? Number.NaN,
  }
}

function publishedAt({ attributes }: StoredItem['record']): Timestamp | undefined {
  const value = attributes['publishedAt']
  return value !== undefined && 'time' in value ? value.time : undefined
}
