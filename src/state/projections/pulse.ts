import type { Action, Event } from '../../events/event.ts'
import { type Happening, joins, type Need, type Past, type Projection } from './projection.ts'

type Change = 'beat' | 'drop' | { readonly before: number }

/** What says nothing new of a user. */
const silent: ReadonlySet<Action> = new Set<Action>(['impression', 'rerank'])

/** Does the deed say something new of who did it? */
export function saysSomething(action: Action): boolean {
  return !silent.has(action)
}

/**
 * How many deeds a user has done, apart from those that say nothing new. Whatever was concluded
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
    if (event.type === 'action' && saysSomething(event.action)) return [[event.user, 'beat']]
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
