import type { Timestamp } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import {
  type Happening,
  joins,
  type Need,
  type Ordinal,
  type Past,
  type Projection,
} from './projection.ts'

/**
 * What a user must not be shown again, over all scenes and channels: items that were served to them
 * (for 90 days) and items they acted on (for good). Blocked items are those they reported or
 * disliked.
 */
export interface Seen {
  /** Day (since the epoch) an item was last served, or `forever`. */
  readonly until: Map<Ordinal, number>
  readonly blocked: Set<Ordinal>
}

type Change =
  | { readonly served: readonly Ordinal[]; readonly day: number }
  | { readonly acted: Ordinal; readonly blocks: boolean }
  | { readonly before: Seen }
  | 'drop'

/** A served item may come back after this long. */
export const seenDays = 90

/** Items remembered per user; beyond it the longest-served are forgotten first. */
export const seenCountMax = 20_000

const forever = 0xffff

export function dayOf(at: Timestamp): number {
  return Math.floor(at / 86_400_000)
}

/** Was it served too lately, or acted on? */
export function isSeen(seen: Seen | undefined, item: Ordinal, day: number): boolean {
  const served = seen?.until.get(item)
  return served !== undefined && (served === forever || day - served < seenDays)
}

/** Did the user act on it, ever? */
export function isActedOn(seen: Seen | undefined, item: Ordinal): boolean {
  return seen?.until.get(item) === forever
}

export const seen: Projection<Seen, Change> = {
  name: 'seen',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    return joins(event) ? [{ projection: seen, key: event.from }] : []
  },

  changes({ event }: Happening, past: Past) {
    if (event.type === 'served' && !event.repeatable) {
      const served = event.items.map(({ item }) => past.ordinal(item))
      return [[event.user, { served, day: dayOf(event.at) }]]
    }
    if (event.type === 'action' && event.item !== undefined && event.action !== 'impression') {
      const blocks = event.action === 'report' || event.action === 'dislike'
      return [[event.user, { acted: past.ordinal(event.item), blocks }]]
    }
    if (!joins(event)) return []
    const before = past.get(seen, event.from)
    return before === undefined
      ? []
      : [
          [event.into, { before }],
          [event.from, 'drop'],
        ]
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    const { until, blocked } = value ?? {
      until: new Map<Ordinal, number>(),
      blocked: new Set<Ordinal>(),
    }
    if ('served' in change) {
      for (const item of change.served) remember(until, item, change.day)
    } else if ('acted' in change) {
      remember(until, change.acted, forever)
      if (change.blocks) blocked.add(change.acted)
    } else {
      for (const [item, day] of change.before.until) remember(until, item, day)
      for (const item of change.before.blocked) blocked.add(item)
    }
    return { until, blocked }
  },

  encode({ until, blocked }) {
    const bytes = new Uint8Array(4 + until.size * 6 + blocked.size * 4)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, until.size, true)
    let at = 4
    for (const [item, day] of until) {
      view.setUint32(at, item, true)
      view.setUint16(at + 4, day, true)
      at += 6
    }
    for (const item of blocked) {
      view.setUint32(at, item, true)
      at += 4
    }
    return bytes
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const until = new Map<Ordinal, number>()
    const count = view.getUint32(0, true)
    for (let index = 0; index < count; index++) {
      const at = 4 + index * 6
      until.set(view.getUint32(at, true), view.getUint16(at + 4, true))
    }
    const blocked = new Set<Ordinal>()
    for (let at = 4 + count * 6; at < bytes.byteLength; at += 4)
      blocked.add(view.getUint32(at, true))
    return { until, blocked }
  },
}

/** Puts the item last, so that the map's order is the order of forgetting. */
function remember(until: Map<Ordinal, number>, item: Ordinal, day: number): void {
  const before = until.get(item) ?? 0
  until.delete(item)
  until.set(item, Math.max(before, day))
  if (until.size <= seenCountMax) return
  for (const [oldest, servedDay] of until) {
    if (servedDay !== forever) {
      until.delete(oldest)
      return
    }
  }
  until.delete(until.keys().next().value!)
}
