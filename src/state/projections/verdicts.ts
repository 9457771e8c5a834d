import type { Timestamp } from '../../events/clock.ts'
import type { ActionEvent, Event, UserId } from '../../events/event.ts'
import { type Signals, signalOf } from '../../events/signals.ts'
import {
  type Happening,
  joins,
  type Need,
  type Ordinal,
  type Past,
  type Projection,
} from './projection.ts'

/** What a user has said of an item in so many words, as it stands. It is never changed in place. */
export interface Verdict {
  /** Their last rating of it. */
  readonly value: number | undefined
  readonly liked: boolean
  /** When they last said anything. */
  readonly at: Timestamp
}

/** By item, the one that was spoken last at the end. */
export type Verdicts = ReadonlyMap<Ordinal, Verdict>

/** One user's verdict on one item before and after an event; absent where there is none. */
export interface Turn {
  readonly user: UserId
  readonly item: Ordinal
  readonly before: Verdict | undefined
  readonly after: Verdict | undefined
}

/**
 * Verdicts kept per user. Of one who says more, the oldest are forgotten: they go on counting for
 * their items, and a new one is then counted beside them.
 */
const verdictCountMax = 10_000

const recordBytes = 21

/**
 * The standing verdicts of each user. A history holds a user's last deeds only; this holds every
 * rating and like, so that a new one takes the place of the old however long ago that was.
 */
export const verdicts: Projection<Verdicts, Turn | 'drop'> = {
  name: 'verdicts',
  version: 1,
  keyBy: 'user',

  reads: verdictNeeds,

  changes({ event }: Happening, past: Past) {
    // What is keyed by an erased user is taken away without being asked.
    if (event.type === 'erase') return []
    const turns = turnsOf(event, past).map((turn) => [turn.user, turn] as const)
    return joins(event) && turns.length > 0 ? [...turns, [event.from, 'drop']] : turns
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    const { item, after } = change
    // Made by this fold or by `decode`, and shown to others as what may not be changed.
    const standing = (value ?? new Map()) as Map<Ordinal, Verdict>
    // Put last, so that the order of the map is the order of forgetting.
    standing.delete(item)
    if (after !== undefined) standing.set(item, after)
    if (standing.size > verdictCountMax) standing.delete(standing.keys().next().value!)
    return standing.size === 0 ? undefined : standing
  },

  encode(value) {
    const view = new DataView(new ArrayBuffer(value.size * recordBytes))
    let start = 0
    for (const [item, verdict] of value) {
      view.setUint32(start, item, true)
      view.setUint8(start + 4, verdict.liked ? 1 : 0)
      view.setFloat64(start + 5, verdict.value ?? Number.NaN, true)
      view.setFloat64(start + 13, verdict.at, true)
      start += recordBytes
    }
    return new Uint8Array(view.buffer)
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const standing = new Map<Ordinal, Verdict>()
    for (let start = 0; start < bytes.byteLength; start += recordBytes) {
      const value = view.getFloat64(start + 5, true)
      standing.set(view.getUint32(start, true), {
        value: Number.isNaN(value) ? undefined : value,
        liked: view.getUint8(start + 4) === 1,
        at: view.getFloat64(start + 13, true),
      })
    }
    return standing
  },
}

/** What `turnsOf` will look at. */
export function verdictNeeds(event: Event): readonly Need[] {
  if (event.type === 'erase') return [{ projection: verdicts, key: event.user }]
  if (joins(event)) return [event.from, event.into].map((key) => ({ projection: verdicts, key }))
  return speaks(event) ? [{ projection: verdicts, key: event.user }] : []
}

/** How an event turns verdicts: at most one of each user on each item. */
export function turnsOf(event: Event, past: Past): readonly Turn[] {
  if (speaks(event)) {
    const item = past.ordinal(event.item)
    const before = past.get(verdicts, event.user)?.get(item)
    return [{ user: event.user, item, before, after: spoken(before, event) }]
  }
  if (event.type === 'erase') return gone(event.user, past)
  if (!joins(event)) return []
  const { from, into } = event
  const standing = past.get(verdicts, into)
  return gone(from, past).flatMap((turn) => {
    const before = standing?.get(turn.item)
    return [turn, { user: into, item: turn.item, before, after: joint(turn.before!, before) }]
  })
}

/** How much a verdict says that the item is liked: as a signal, where a rating outweighs a like. */
export function regardOf({ value, liked }: Verdict, signals: Signals): number {
  if (value !== undefined) return signalOf(signals, 'rate', value)
  return liked ? signalOf(signals, 'like', undefined) : 0
}

type Speech = ActionEvent & { readonly item: string }

const speeches: ReadonlySet<string> = new Set(['rate', 'like', 'unlike', 'dislike', 'report'])

function speaks(event: Event): event is Speech {
  return event.type === 'action' && event.item !== undefined && speeches.has(event.action)
}

/** What stands after a user said something, in the order of the log. */
function spoken(before: Verdict | undefined, { action, value, at }: Speech): Verdict | undefined {
  if (action === 'rate') {
    if (value === undefined) return before
    // The log knows no minus zero: adding zero takes its sign, so that a replay gives the same
    // bytes.
    return { value: value + 0, liked: before?.liked ?? false, at }
  }
  if (action === 'like') return { value: before?.value, liked: true, at }
  return before?.value === undefined ? undefined : { ...before, liked: false }
}

/** Of two verdicts of one person on one item, the later rating stands, and either like. */
function joint(one: Verdict, other: Verdict | undefined): Verdict {
  if (other === undefined) return one
  const [earlier, later] = one.at < other.at ? [one, other] : [other, one]
  return {
    value: later.value ?? earlier.value,
    liked: one.liked || other.liked,
    at: later.at,
  }
}

function gone(user: UserId, past: Past): readonly Turn[] {
  const standing = past.get(verdicts, user) ?? new Map<Ordinal, Verdict>()
  return Array.from(standing, ([item, before]) => ({ user, item, before, after: undefined }))
}
