import type { Timestamp } from '../../events/clock.ts'
import type { BatchId, Delivery, Event, RequestId, UserId } from '../../events/event.ts'
import { toHex } from '../ordinal-index.ts'
import type { Key } from '../store/store.ts'
import { type Entry, packable, packEntries, unpackEntries } from './packed-entries.ts'
import {
  type Happening,
  keySeparator,
  type Need,
  type Past,
  type Projection,
} from './projection.ts'
import { shelfKey } from './shelf.ts'

/** A page as it was shown. */
export interface Batch {
  readonly batch: BatchId
  readonly at: Timestamp
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly request: RequestId
  readonly delivery: Delivery
  readonly recipe: string
  readonly arms: readonly string[]
  readonly items: readonly Entry[]
}

/** Pages kept per feed. */
export const batchCountMax = 500

/** Pages are shown again for so long. */
export const batchLifeMs = 90 * 86_400_000

export function batchKey(user: UserId, scene: string, channel: string, batch: BatchId): Key {
  return shelfKey(user, scene, channel) + keySeparator + toHex(batch)
}

/** Every page of the last 90 days, a row each, so that serving one rewrites none. */
export const batches: Projection<Batch, Batch | 'drop'> = {
  name: 'batches',
  version: 2,
  keyBy: 'user',

  changes({ event }: Happening, past: Past) {
    if (event.type !== 'served') return []
    const { batch, at, user, scene, channel, request, delivery, recipe, arms } = event
    const items = event.items.map((entry) => packable(entry, past.ordinal(entry.item)))
    const page: Batch = { batch, at, user, scene, channel, request, delivery, recipe, arms, items }
    const key = batchKey(user, scene, channel, batch)
    if (batch <= batchCountMax) return [[key, page]]
    return [
      [key, page],
      [batchKey(user, scene, channel, batch - batchCountMax), 'drop'],
    ]
  },

  fold: (_value, change) => (change === 'drop' ? undefined : change),
  replaces: true,
  persistent: true,
  encode: ({ items, ...header }) => packEntries(header, items),

  decode(bytes) {
    const { header, entries } = unpackEntries<Omit<Batch, 'items'>>(bytes)
    return { ...header, items: entries }
  },
}

/** Where a request's page is found. */
export const requests: Projection<{ readonly user: UserId; readonly batch: Key }, Change> = {
  name: 'requests',
  version: 1,
  keyBy: 'other',

  reads(event: Event): readonly Need[] {
    if (event.type !== 'served' || event.batch <= batchCountMax) return []
    const { user, scene, channel, batch } = event
    const key = batchKey(user, scene, channel, batch - batchCountMax)
    return [{ projection: batches, key }]
  },

  changes({ event }: Happening, past: Past) {
    if (event.type !== 'served') return []
    const { user, scene, channel, batch } = event
    const place = { user, batch: batchKey(user, scene, channel, batch) }
    if (batch <= batchCountMax) return [[event.request, place]]
    const old = past.get(batches, batchKey(user, scene, channel, batch - batchCountMax))
    if (old === undefined) return [[event.request, place]]
    return [
      [event.request, place],
      [old.request, 'drop'],
    ]
  },

  fold: (_value, change) => (change === 'drop' ? undefined : change),
  replaces: true,
  persistent: true,
  owner: ({ user }) => user,
  encode: ({ user, batch }) => Buffer.from(JSON.stringify([user, batch])),

  decode(bytes) {
    // Written above.
    const [user, batch] = JSON.parse(Buffer.from(bytes).toString()) as [UserId, Key]
    return { user, batch }
  },
}

type Change = { readonly user: UserId; readonly batch: Key } | 'drop'
