import type { Offset } from '../../events/log/event-log.ts'
import { decodeJson, encodeJson } from '../projections/json-value.ts'
import type { Happening, Projection } from '../projections/projection.ts'

type Change = { readonly asked: Offset } | { readonly settled: Offset }

/** The one row. */
export const settledKey = 'settled'

/**
 * From where whoever prepares pages has to go on: every event before it was answered. It begins
 * with the first page that asked for another to be prepared, so where none did there is none, and
 * a log without such feeds is never read for them.
 */
export const settled: Projection<Offset, Change> = {
  name: 'settled',
  version: 1,
  keyBy: 'other',

  changes({ event, offset }: Happening) {
    if (event.type === 'offered' && event.settled !== undefined) {
      return [[settledKey, { settled: event.settled }]]
    }
    return event.type === 'served' && event.refresh ? [[settledKey, { asked: offset }]] : []
  },

  fold(value, change) {
    if ('asked' in change) return value ?? change.asked
    return Math.max(value ?? 0, change.settled)
  },

  encode: encodeJson,
  decode: decodeJson,
}
