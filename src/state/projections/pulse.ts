import type { Event } from '../../events/event.ts'
import { type Happening, joins, type Need, type Past, type Projection } from './projection.ts'

type Change = 'beat' | 'drop' | { readonly before: number }

/**
 * How many deeds a user has done: impressions apart, which say nothing new. Whatever was concluded
 * from a smaller pulse is out of date.
 */
export const pulse: Projection<number, Change> = {
  name: 'pulse',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    return joins(event) ? [{ projection: pulse, key: event.from }] : []
  },

  changes({ event }: Happening, past: Past) {
    if (event.type === 'action' && event.action !== 'impression') return [[event.user, 'beat']]
    if (!joins(event)) return []
    return [
      [event.into, { before: past.get(pulse, event.from) ?? 0 }],
      [event.from, 'drop'],
    ]
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    // A merge is a beat of its own: the user is known better than before.
    return (value ?? 0) + 1 + (change === 'beat' ? 0 : change.before)
  },

  encode: (value) => new Uint8Array(new Float64Array([value]).buffer),
  decode: (bytes) => new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true),
}
