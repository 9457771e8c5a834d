import type { Clock } from '../../../events/clock.ts'
import type { Action, ItemId } from '../../../events/event.ts'
import { defaultSignals, signalOf } from '../../../events/signals.ts'
import { addDecayed } from '../../../kernel/decay.ts'
import { hashText } from '../../../kernel/hash.ts'
import { TopK } from '../../../kernel/top-k.ts'
import type { Feed } from '../feed.ts'
import { plainFeed } from './plain-feed.ts'

export interface PopularityOptions {
  readonly clock: Clock
  /** What happened this long ago counts half. */
  readonly halfLifeMs: number
}

/**
 * What most people like of late, and the user has not been shown: live, after every deed. What
 * nobody has met yet comes in an order of its own, after all that anybody liked.
 */
export function popularityFeed({ clock, halfLifeMs }: PopularityOptions): Feed {
  /** Exponents of forward-decayed sums: they compare the same at any time. */
  const heat = new Map<ItemId, number>()
  const feed = plainFeed({
    ...{ name: 'popularity', clock },
    choose(fitting, _user, size) {
      const best = new TopK(size)
      for (const [place, id] of fitting.entries()) {
        best.offer(place, heat.get(id)!)
      }
      return Array.from(best.take(), (place) => fitting[place]!)
    },
    async track(deeds) {
      for (const { type, item, value, at } of deeds) {
        const signal = signalOf(defaultSignals, type as Action, value) // Deeds are actions.
        if (item === undefined || signal <= 0) continue
        const before = Math.max(0, heat.get(item) ?? 0)
        heat.set(item, addDecayed(before, signal, at, halfLifeMs))
      }
    },
  })
  return {
    ...feed,
    async putItems(items) {
      // Below zero is what nobody liked yet, in the order of a hash.
      for (const { id } of items) heat.set(id, heat.get(id) ?? -1 - hashText(id).high)
      await feed.putItems(items)
    },
  }
}
