import type { Clock } from '../../../events/clock.ts'
import { TopK } from '../../../kernel/top-k.ts'
import type { Feed } from '../feed.ts'
import type { World } from '../world/world.ts'

/** Fatigue may lift what stands further down: so many are looked at for each place. */
const lookedAtPerPlace = 12

/**
 * Knows what every user will think of every item, and serves the best that may be shown: place
 * after place what is worth most there, given what came before in the visit. Greedy: it does not
 * save the good for later. What it reaches is the best that can be expected of any feed, by and
 * large.
 */
export function oracleFeed({ world, clock }: { world: World; clock: Clock }): Feed {
  const there = new Set<number>()
  const { rows, stock } = world
  return {
    name: 'oracle',
    async putItems(items) {
      for (const { id } of items) there.add(rows.itemOf(id)!)
    },
    async withdraw(items) {
      for (const id of items) there.delete(rows.itemOf(id)!)
    },
    async page(user, _scene, channel, size) {
      const stay = world.staying(user)
      if (stay === undefined) return { items: [] }
      const now = clock.now()
      const candidates = new TopK(size * lookedAtPerPlace)
      for (const item of there) {
        if (stock.until[item]! <= now) there.delete(item)
        else if (!world.wasShown(stay.user, item) && world.mayShow(item, channel, now)) {
          const { lure, pleased } = stay.appeal(item)
          candidates.offer(item, pleased / (1 + Math.exp(-lure)))
        }
      }
      const left = [...candidates.take()]
      const chosen: number[] = []
      while (chosen.length < size && left.length > 0) {
        const best = left.reduce(
          (best, item, place) => {
            const worth = stay.worthAfter(chosen, item)
            return worth > best.worth ? { place, worth } : best
          },
          { place: 0, worth: -1 },
        )
        chosen.push(...left.splice(best.place, 1))
      }
      return { items: chosen.map((item) => ({ id: rows.itemId(item) })) }
    },
    track: async () => undefined,
  }
}
