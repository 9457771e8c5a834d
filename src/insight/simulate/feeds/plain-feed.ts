import type { Clock } from '../../../events/clock.ts'
import type { ItemId, UserId } from '../../../events/event.ts'
import type { Feed } from '../feed.ts'
import { openShelf } from './shelf.ts'

export interface PlainFeedOptions {
  readonly name: string
  readonly clock: Clock
  /** The best of what fits, the best first. */
  readonly choose: (fitting: readonly ItemId[], user: UserId, size: number) => readonly ItemId[]
  readonly track?: Feed['track']
}

/** A feed that keeps its promises, and chooses by a rule. */
export function plainFeed({ name, clock, choose, track }: PlainFeedOptions): Feed {
  const shelf = openShelf(clock)
  return {
    name,
    putItems: async (items) => shelf.put(items),
    withdraw: async (items) => shelf.remove(items),
    async page(user, _scene, channel, size) {
      const items = choose(shelf.fitting(user, channel), user, size)
      shelf.show(user, items)
      return { items: items.map((id) => ({ id })) }
    },
    track: track ?? (async () => undefined),
  }
}
