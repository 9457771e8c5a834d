import { lentOdds } from './lent-odds.ts'
import { type Deed, type PageVectors, type SessionTaste, sessionTaste } from './session-taste.ts'

/** What a reranker must know of an item: a page item of the API has it, and more. */
export interface Rankable {
  readonly id: string
  /** Where the server put it on its page. */
  readonly position: number
  readonly token: string
  readonly score: number
}

export interface RankablePage<Item extends Rankable> {
  readonly items: readonly Item[]
  /** Where the feed was asked for with `vectors: true`. */
  readonly vectors?: PageVectors
}

/** A page whose items stand in another order than before: an event of the type `rerank`. */
export interface Reordering {
  readonly type: 'rerank'
  readonly token: string
  /** Served places, in the order in which their items stand now. */
  readonly order: number[]
}

/**
 * Reorders what is not shown yet of a feed, from what its user does: on the spot, without asking.
 * What was shown stays where it is; nothing is lost, and nothing comes twice.
 */
export interface Reranker<Item extends Rankable> {
  /** All items, as they stand now. */
  readonly items: readonly Item[]
  /** Adds a page that came, below the others. What the server knew of the user is in it. */
  add(page: RankablePage<Item>): void
  /** The user has seen the item: it keeps its place from now on. */
  shown(item: string): void
  /** The user did something with an item: tells which pages stand in another order now. */
  did(deed: Deed): readonly Reordering[]
}

interface Entry<Item> {
  readonly item: Item
  readonly page: number
  readonly taste: SessionTaste | undefined
}

export function createReranker<Item extends Rankable>(): Reranker<Item> {
  /** In the order of serving, which ties are settled by. */
  const served: Entry<Item>[] = []
  const tastes: SessionTaste[] = []
  const settled = new Set<string>()
  let lent: readonly number[] = []
  let standing: readonly Entry<Item>[] = []
  let pageCount = 0

  const arrange = (): readonly Entry<Item>[] => {
    const rest = served
      .map((entry, place) => ({ entry, odds: lent[place]! + gainOf(entry) }))
      .filter(({ entry }) => !settled.has(entry.item.id))
      .sort((one, other) => other.odds - one.odds)
    let next = 0
    return standing.map((entry) => (settled.has(entry.item.id) ? entry : rest[next++]!.entry))
  }

  return {
    get items() {
      return standing.map(({ item }) => item)
    },

    add({ items, vectors }) {
      const known = new Set(served.map(({ item }) => item.id))
      const ids = items.map(({ id }) => id)
      const taste = vectors && sessionTaste(vectors, ids)
      if (taste) tastes.push(taste)
      const page = pageCount++
      for (const item of items) {
        if (known.has(item.id)) continue
        known.add(item.id)
        const entry = { item, page, taste }
        served.push(entry)
        standing = [...standing, entry]
      }
      lent = lentOdds(served.map(({ item }) => item.score))
    },

    shown(item) {
      settled.add(item)
    },

    did(deed) {
      settled.add(deed.item)
      for (const taste of tastes) {
        const teller = tastes.find(
          ({ model, vector }) => model === taste.model && vector(deed.item),
        )
        const vector = teller?.vector(deed.item)
        if (vector) taste.learn(deed, vector)
      }
      const before = standing
      standing = arrange()
      return reorderings(before, standing, pageCount)
    },
  }
}

function gainOf<Item extends Rankable>({ taste, item }: Entry<Item>): number {
  return taste?.gain(item.id) ?? 0
}

/** One per page whose own items changed their order among each other. */
function reorderings<Item extends Rankable>(
  before: readonly Entry<Item>[],
  after: readonly Entry<Item>[],
  pageCount: number,
): readonly Reordering[] {
  return Array.from({ length: pageCount }, (_, page) => page).flatMap((page) => {
    const [old, now] = [before, after].map((entries) =>
      entries.filter((entry) => entry.page === page).map(({ item }) => item),
    ) as [Item[], Item[]] // Two were mapped.
    if (now.every((item, place) => item === old[place])) return []
    const order = now.map(({ position }) => position)
    return [{ type: 'rerank', token: now[0]!.token, order }]
  })
}
