import type { Clock } from '../../../events/clock.ts'
import type { ItemId, UserId } from '../../../events/event.ts'
import type { ItemRow } from '../feed.ts'

/** What a plain feed must know to keep its promises: what is there, and who was shown what. */
export interface Shelf {
  put(items: readonly ItemRow[]): void
  remove(items: readonly ItemId[]): void
  /** Items that may be shown to the user now, in no order that means anything. */
  fitting(user: UserId, channel: string): readonly ItemId[]
  show(user: UserId, items: readonly ItemId[]): void
}

export function openShelf(clock: Clock): Shelf {
  const items = new Map<ItemId, ItemRow>()
  const shown = new Map<UserId, Set<ItemId>>()
  return {
    put(rows) {
      for (const row of rows) items.set(row.id, row)
    },
    remove(ids) {
      for (const id of ids) items.delete(id)
    },
    fitting(user, channel) {
      const now = clock.now()
      const before = shown.get(user)
      const fitting: ItemId[] = []
      for (const [id, row] of items) {
        if (row.availableUntil !== undefined && row.availableUntil <= now) items.delete(id)
        else if (row.availableFrom <= now && !before?.has(id)) {
          if (channel === '' || row.channels.includes(channel)) fitting.push(id)
        }
      }
      return fitting
    },
    show(user, ids) {
      const before = shown.get(user) ?? new Set()
      shown.set(user, before)
      for (const id of ids) before.add(id)
    },
  }
}
