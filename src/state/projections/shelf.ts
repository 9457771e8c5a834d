import type { Timestamp } from '../../events/clock.ts'
import type { BatchId, Grant, UserId } from '../../events/event.ts'
import type { Key } from '../store/store.ts'
import {
  type Entry,
  noEntries,
  type PackedEntries,
  packable,
  packed,
  readEntries,
} from './packed-entries.ts'
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
  /** Best first, `waitingLengthMax` at most. */
  readonly waiting: PackedEntries
  /** Through which place of the log all was known to who offered last, where they follow it. */
  readonly through?: number
  /** What writers were granted here, where rules count it. */
  readonly writers?: Readonly<Record<string, Account>>
}

/** What a writer was granted in one feed. */
export interface Account {
  /** When it was granted anything last. */
  readonly at: Timestamp
  /** When the period began that its quota is counted in, and how many it was granted since. */
  readonly since: Timestamp
  readonly used: number
}

type Change =
  | {
      readonly offered: readonly Entry[]
      readonly replace: boolean
      readonly at: Timestamp
      readonly pulse: number
      readonly writer: string
      readonly grant: Grant | undefined
      readonly through: number | undefined
    }
  | { readonly gone: ReadonlySet<number>; readonly batch: BatchId; readonly at: Timestamp }

/** Entries that wait, at most. What is offered beyond it is not kept. */
export const waitingLengthMax = 600

export const emptyShelf: Shelf = {
  lastBatch: 0,
  lastAt: 0,
  offeredAt: 0,
  pulse: -1,
  waiting: noEntries,
}

export function shelfKey(user: UserId, scene: string, channel: string): Key {
  return user + keySeparator + scene + keySeparator + channel
}

/**
 * What goes on waiting when something is offered: nothing that was replaced, and nothing that
 * expired, or it would stand in the way of the same item chosen anew.
 */
export function keptBeside(
  waiting: PackedEntries,
  offer: { readonly replace: boolean; readonly at: Timestamp },
): PackedEntries {
  return offer.replace ? noEntries : waiting.lasting(offer.at)
}

/** The two-level queue and the batch counter of every feed. */
export const shelf: Projection<Shelf, Change> = {
  name: 'shelf',
  version: 4,
  keyBy: 'user',

  changes({ event }: Happening, past: Past) {
    if (event.type === 'offered') {
      const { replace, at, pulse, writer, grant, through } = event
      // What was denied as a whole leaves the queue as it was, however much it knew.
      if (grant !== undefined && event.entries.length === 0) return []
      const offered = event.entries.map((entry) =>
        packable(entry, past.ordinal(entry.item), writer),
      )
      const change = { offered, replace, at, pulse, writer, grant, through }
      return [[shelfKey(event.user, event.scene, event.channel), change]]
    }
    if (event.type !== 'served') return []
    const gone = new Set(event.items.map(({ item }) => past.ordinal(item)))
    for (const item of event.dropped) gone.add(past.ordinal(item))
    const { batch, at } = event
    return [[shelfKey(event.user, event.scene, event.channel), { gone, batch, at }]]
  },

  fold(value = emptyShelf, change) {
    if ('gone' in change) {
      const waiting = value.waiting.without(change.gone)
      return { ...value, waiting, lastBatch: change.batch, lastAt: change.at }
    }
    const kept = keptBeside(value.waiting, change)
    const held = new Set(kept.items())
    const waiting = [...kept, ...change.offered.filter(({ item }) => !held.has(item))]
    return {
      ...value,
      waiting: packed(waiting.slice(0, waitingLengthMax)),
      offeredAt: change.at,
      pulse: change.pulse,
      ...(change.through !== undefined && { through: change.through }),
      ...(change.grant && { writers: accounted(value, change.writer, change.grant, change.at) }),
    }
  },

  persistent: true,
  encode: ({ waiting, ...header }) => waiting.encode(header),

  decode(bytes) {
    const { header, entries } = readEntries<Omit<Shelf, 'waiting'>>(bytes)
    return { ...header, waiting: entries }
  },
}

/** Writers accounted for in one feed: beyond it the one granted longest ago is forgotten. */
const writerCountMax = 32

function accounted(
  { writers = {} }: Shelf,
  writer: string,
  { since, used }: Grant,
  at: Timestamp,
): NonNullable<Shelf['writers']> {
  const others = Object.entries(writers).filter(([name]) => name !== writer)
  // The newest last, so that the order tells who was granted longest ago.
  return Object.fromEntries([
    ...others.slice(1 - writerCountMax),
    [writer, { at, since, used }] as const,
  ])
}
