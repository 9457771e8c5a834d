import type { Timestamp } from '../../events/clock.ts'
import { bitSet } from '../../kernel/bit-set.ts'
import { shuffledStart } from '../../kernel/lists/shuffled-start.ts'
import type { Random } from '../../kernel/random.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { items } from '../projections/items.ts'
import type { Ordinal } from '../projections/projection.ts'
import { itemCounterColumn, itemCounters } from '../tables/item-counters.ts'
import type { SetState } from './counter-set.ts'
import type { Accept } from './ranked-set.ts'

/** Items that were served to few: what exploring is for. */
export interface RareSet {
  /**
   * Up to `limit` different items of the channel ('' for all) in random order. Every servable one
   * that `accept` takes is equally likely. Fewer come where fewer are found in a bounded
   * search; the same state and the same stream of chance give the same items.
   */
  sample(channel: string, at: Timestamp, limit: number, random: Random, accept: Accept): Ordinal[]
}

/** Draws per item wanted: enough where one item in thirty fits. */
const drawsPerItem = 32

/** Where drawing fails, all members are looked at if they are no more than this. */
const scanCountMax = 10_000

/** Made when the catalogue is loaded, and before the next event is folded. */
export function rareSet(
  state: SetState,
  catalogue: Catalogue,
  options: { readonly servedMax: number },
): RareSet {
  const members = bitSet()
  const rows = state.rows(itemCounters)

  const update = (item: Ordinal): void => {
    const served =
      item < rows.rowCount ? rows.data[item * rows.width + itemCounterColumn.served]! : 0
    if (served < options.servedMax) members.add(item)
    else members.delete(item)
  }
  for (let item = 0; item < catalogue.size; item++) update(item)
  state.watchRows(itemCounters, update)
  state.watch(items, (id) => update(state.ordinals.of(id)!))

  return {
    sample(channel, at, limit, random, accept) {
      const channels = catalogue.tags('channels')
      const code = channel === '' ? undefined : channels?.code(channel)
      if (channel !== '' && code === undefined) return []
      const inChannel = code === undefined ? undefined : channels?.items(code)

      // A small channel is drawn from directly; in a large one most of what is drawn is rare, or
      // not.
      const pool =
        inChannel !== undefined && inChannel.length < members.size
          ? { size: inChannel.length, at: (rank: number) => inChannel[rank]! }
          : members
      const fits = (item: Ordinal): boolean =>
        (pool === members || members.has(item)) &&
        (code === undefined || channels!.has(item, code)) &&
        catalogue.servable(item, at) &&
        accept(item)
      const drawn = draw(pool, limit, random, fits)
      if (drawn.length === limit || pool.size > scanCountMax) return drawn
      const all: Ordinal[] = []
      for (let rank = 0; rank < pool.size; rank++) {
        const item = pool.at(rank)
        if (fits(item)) all.push(item)
      }
      return shuffledStart(all, limit, random)
    },
  }
}

interface Pool {
  readonly size: number
  at(rank: number): Ordinal
}

/**
 * Draws with replacement and leaves out what doesn't fit or came before: uniform over what fits.
 */
function draw(pool: Pool, limit: number, random: Random, fits: Accept): Ordinal[] {
  const drawn = new Set<Ordinal>()
  if (pool.size === 0) return []
  for (let count = 0; count < limit * drawsPerItem && drawn.size < limit; count++) {
    const item = pool.at(random.below(pool.size))
    if (!drawn.has(item) && fits(item)) drawn.add(item)
  }
  return [...drawn]
}
