import { TopK } from '../../../kernel/top-k.ts'
import type { Stay } from './stay.ts'
import type { World } from './world.ts'

/** The items that are there, and the best page that could be made of them. */
export interface WorldShelf {
  put(item: number): void
  /**
   * The page of the most worth to the user now, of items that they were not shown before: place
   * after place what is worth most there, given what came before in the visit.
   */
  best(stay: Stay, size: number, at: number): readonly number[]
}

/** Fatigue may lift what stands further down: so many are looked at for each place. */
const lookedAtPerPlace = 8

export function worldShelf(world: World): WorldShelf {
  const there = new Set<number>()
  const { stock } = world
  return {
    put: (item) => there.add(item),
    best(stay, size, at) {
      const candidates = new TopK(size * lookedAtPerPlace)
      for (const item of there) {
        if (stock.until[item]! <= at || stock.withdrawnAt[item]! <= at) there.delete(item)
        else if (!world.wasShown(stay.user, item) && world.mayShow(item, stay.channel, at)) {
          const { lure, pleased } = stay.appeal(item)
          candidates.offer(item, pleased / (1 + Math.exp(-lure)))
        }
      }
      const left = [...candidates.take()]
      const chosen: number[] = []
      while (chosen.length < size && left.length > 0) {
        let [best, most] = [0, -1]
        for (const [place, item] of left.entries()) {
          const worth = stay.worthAfter(chosen, item)
          if (worth > most) [best, most] = [place, worth]
        }
        chosen.push(...left.splice(best, 1))
      }
      return chosen
    },
  }
}
