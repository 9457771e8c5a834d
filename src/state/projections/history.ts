import type { Timestamp } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import { type Action, actions } from '../../events/event.ts'
import {
  type Happening,
  joins,
  type Need,
  type Ordinal,
  type Past,
  type Projection,
} from './projection.ts'

/** One thing a user did with an item. */
export interface Deed {
  readonly item: Ordinal
  readonly action: Action
  readonly value: number | undefined
  readonly at: Timestamp
}

/**
 * What a user did, oldest first, in the order of the log. Impressions and follows are not deeds.
 */
export type History = readonly Deed[]

type Change = { readonly deed: Deed } | { readonly before: History } | 'drop'

/** Deeds kept per user: enough for every feature that looks back, and a bound on the row. */
export const historyLengthMax = 200

const recordBytes = 21

/** As what an action is stored: its place in the list. */
export const actionPlaces: ReadonlyMap<Action, number> = new Map(
  actions.map((action, place) => [action, place]),
)

/** The user's last deeds. */
export const history: Projection<History, Change> = {
  name: 'history',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    return joins(event) ? [{ projection: history, key: event.from }] : []
  },

  changes({ event }: Happening, past: Past) {
    if (joins(event)) {
      const before = past.get(history, event.from)
      return before === undefined
        ? []
        : [
            [event.into, { before }],
            [event.from, 'drop'],
          ]
    }
    if (event.type !== 'action' || event.item === undefined || event.action === 'impression')
      return []
    const { action, at } = event
    // The log knows no minus zero: adding zero takes its sign, so that a replay gives the same
    // bytes.
    const value = event.value === undefined ? undefined : event.value + 0
    return [[event.user, { deed: { item: past.ordinal(event.item), action, value, at } }]]
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    if ('deed' in change) {
      const grown = value === undefined ? [] : value.slice(-(historyLengthMax - 1))
      grown.push(change.deed)
      return grown
    }
    const merged = [...change.before, ...(value ?? [])].sort((a, b) => a.at - b.at)
    return merged.slice(-historyLengthMax)
  },

  encode(value) {
    const bytes = new Uint8Array(value.length * recordBytes)
    const view = new DataView(bytes.buffer)
    let start = 0
    for (const deed of value) {
      view.setUint32(start, deed.item, true)
      view.setUint8(start + 4, actionPlaces.get(deed.action)!)
      view.setFloat64(start + 5, deed.value ?? Number.NaN, true)
      view.setFloat64(start + 13, deed.at, true)
      start += recordBytes
    }
    return bytes
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return Array.from({ length: bytes.byteLength / recordBytes }, (_, index) => {
      const start = index * recordBytes
      const value = view.getFloat64(start + 5, true)
      return {
        item: view.getUint32(start, true),
        action: actions[view.getUint8(start + 4)]!,
        value: Number.isNaN(value) ? undefined : value,
        at: view.getFloat64(start + 13, true),
      }
    })
  },
}
