import type { Timestamp } from '../../events/clock.ts'
import type { BatchId, UserId } from '../../events/event.ts'
import type { Key } from '../store/store.ts'
import { type Entry, packable, packEntries, unpackEntries } from './packed-entries.ts'
import { type Happening, keySeparator, type Past, type Projection } from './projection.ts'

/**
 * One user's feed of one scene and channel: what waits to be shown, and how far it has been shown.
 */
export interface Shelf {
  readonly lastBatch: BatchId
  /** When the last batch was served; batches of a feed have times that strictly rise. */
  readonly lastAt: Timestamp
  /** When and with which pulse the waiting entries were chosen. */
  readonly offeredAt: Timestamp
  readonly pulse: number
  /** Best first. The first `frontLength` are level one, the rest is level two. */
  readonly waiting: readonly Entry[]
}

type Change =
  | {
      readonly offered: readonly Entry[]
      readonly replace: boolean
      readonly at: Timestamp
      readonly pulse: number
    }
  | { readonly gone: ReadonlySet<number>; readonly batch: BatchId; readonly at: Timestamp }

/** Entries of level one: what the next pages are taken from. */
export const frontLength = 100

/** Entries of both levels. What is offered beyond it is not kept. */
export const waitingLengthMax = 600

export const emptyShelf: Shelf = { lastBatch: 0, lastAt: 0, offeredAt: 0, pulse: -1, waiting: [] }

export function shelfKey(user: UserId, scene: string, channel: string): Key {
  return user + keySeparator + scene + keySeparator + channel
}

/**
 * What goes on waiting when something is offered: nothing that was replaced, and nothing that
 * expired, or it would stand in the way of the same item chosen anew.
 */
export function keptBeside(
  waiting: readonly Entry[],
  offer: { readonly replace: boolean; readonly at: Timestamp },
): readonly Entry[] {
  return offer.replace ? [] : waiting.filter(({ expiresAt }) => expiresAt > offer.at)
}

/** The two-level queue and the batch counter of every feed. */
export const shelf: Projection<Shelf, Change> = {
  name: 'shelf',
  version: 3,
  keyBy: 'user',

  changes({ event }: Happening, past: Past) {
    if (event.type === 'offered') {
      const offered = event.entries.map((entry) => packable(entry, past.ordinal(entry.item)))
      const { replace, at, pulse } = event
      return [[shelfKey(event.user, event.scene, event.channel), { offered, replace, at, pulse }]]
    }
    if (event.type !== 'served') return []
    const gone = new Set(event.items.map(({ item }) => past.ordinal(item)))
    for (const item of event.dropped) gone.add(past.ordinal(item))
    const { batch, at } = event
    return [[shelfKey(event.user, event.scene, event.channel), { gone, batch, at }]]
  },

  fold(value = emptyShelf, change) {
    if ('gone' in change) {
      const waiting = value.waiting.filter(({ item }) => !change.gone.has(item))
      return { ...value, waiting, lastBatch: change.batch, lastAt: change.at }
    }
    const kept = keptBeside(value.waiting, change)
    const held = new Set(kept.map(({ item }) => item))
    const waiting = [...kept, ...change.offered.filter(({ item }) => !held.has(item))]
    return {
      ...value,
      waiting: waiting.slice(0, waitingLengthMax),
      offeredAt: change.at,
      pulse: change.pulse,
    }
  },

  encode: ({ waiting, ...header }) => packEntries(header, waiting),

  decode(bytes) {
    const { header, entries } = unpackEntries<Omit<Shelf, 'waiting'>>(bytes)
    return { ...header, waiting: entries }
  },
}
