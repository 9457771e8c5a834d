import { seededRandom } from '../../kernel/random.ts'
import type { Feed, ItemRow } from '../simulate/feed.ts'
import { hourMs } from '../simulate/world/stock.ts'
import type { World } from '../simulate/world/world.ts'
import type { DemoKind } from './demo-kind.ts'

/**
 * Brings out what a world has, when its time has come. The world knows hours; a newsroom spreads
 * what comes within one over its minutes, so that somebody who waits sees something come.
 */
export interface Newsroom {
  readonly world: World
  /** All that came out after `from` and no later than `to`, and may still be shown then. */
  due(from: number, to: number): readonly ItemRow[]
  /** Brings it out, and takes away what is withdrawn in that time. Resolves with how much came. */
  bringOut(feed: Feed, from: number, to: number): Promise<number>
}

/** Items of one call. */
const batchSize = 1_000

export function newsroomOf(kind: DemoKind, world: World): Newsroom {
  const { stock, rows } = world
  const minutes = seededRandom(`${kind.name}/minutes`)
  const times = Float64Array.from(
    stock.from,
    (from) => from + Math.floor(minutes.next() * 0.98 * hourMs),
  )
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!)
  const gone = [...stock.withdrawnAt.keys()]
    .filter((item) => Number.isFinite(stock.withdrawnAt[item]!))
    .sort((a, b) => stock.withdrawnAt[a]! - stock.withdrawnAt[b]!)

  const row = (item: number): ItemRow => {
    const plain = rows.item(item)
    const { title, summary, text, keywords } = kind.words(world, item)
    const { [kind.plan.items.starAs]: star } = plain.attributes
    const who = Array.isArray(star) ? star.map(String) : []
    return {
      ...plain,
      availableFrom: times[item]!,
      attributes: {
        ...plain.attributes,
        // Topics under the name that recipes look for, whatever the catalogue is about.
        ...{ title, summary, text, keywords: [...keywords, ...who], genres: [...plain.channels] },
      },
    }
  }

  const dueItems = (from: number, to: number): readonly number[] =>
    [...order.subarray(firstAfter(order, times, from), firstAfter(order, times, to))].filter(
      (item) => to < stock.until[item]! && to < stock.withdrawnAt[item]!,
    )

  return {
    world,
    due: (from, to) => dueItems(from, to).map(row),
    async bringOut(feed, from, to) {
      const items = dueItems(from, to)
      for (let start = 0; start < items.length; start += batchSize) {
        await feed.putItems(items.slice(start, start + batchSize).map(row))
      }
      // What was gone before it could be brought out is not there to be taken away.
      const withdrawn = gone.filter((item) => {
        const at = stock.withdrawnAt[item]!
        return at > from && at <= to && times[item]! <= from
      })
      if (withdrawn.length > 0) await feed.withdraw(withdrawn.map(rows.itemId))
      return items.length
    },
  }
}

/** The place of the first in the order whose time is after the given one. */
function firstAfter(order: Uint32Array, times: Float64Array, at: number): number {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[order[middle]!]! <= at) low = middle + 1
    else high = middle
  }
  return low
}
