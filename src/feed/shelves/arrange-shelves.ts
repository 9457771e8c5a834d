import type { Order, Row } from '../pipeline/candidates.ts'

/** What shelves are filled from. Every row of the orders is one of `order`. */
export interface Stock {
  /** All that may stand on the page, best first for the user. */
  readonly order: Order
  /** The same rows, best first for a user of whom nothing is known. */
  readonly usual: Order
  /** The values of a row, as numbers: a film has several genres. */
  readonly valuesOf: (row: Row) => Iterable<number>
  /** The order that the first shelf is filled by: `order`, or one with more variety. */
  readonly top: Order
  /** What goes with each of the last likes, best first; the first that can fill a shelf does. */
  readonly beside: readonly { readonly seed: number; readonly order: Order }[]
}

export interface PageShape {
  /** Shelves, at most. */
  readonly count: number
  /** Items on a shelf, at most. */
  readonly size: number
}

export type ShelfOf<Item> =
  | { readonly kind: 'top'; readonly items: readonly Item[] }
  | { readonly kind: 'beside'; readonly seed: number; readonly items: readonly Item[] }
  | { readonly kind: 'value'; readonly value: number; readonly items: readonly Item[] }

/**
 * Arranges a page of shelves: the best of all, what goes with a recent like, then values, the most
 * worthwhile first. No row stands on two shelves. A shelf that is not half full is left out; the
 * first is shown with whatever there is.
 *
 * Values are chosen greedily, as in "Learning a Personalized Homepage" (Alvino & Basilico, Netflix
 * 2015): what a shelf would hold is looked at anew after every choice, since what the shelves above
 * it took is gone. A shelf is worth the sum of what its items are worth, each discounted by its
 * place on the shelf; an item is worth the discount of its place in the whole order. Places rather
 * than scores, for rankers measure in different scales; the discount is that of DCG, 1 / log2(2 +
 * place) (Järvelin & Kekäläinen, TOIS 2002).
 *
 * By worth alone, values that are everywhere (Drama) would come first for everybody. So a value is
 * chosen by worth × (worth / usual worth), where the second is what the shelf would be worth to a
 * user of whom nothing is known. A value rises as far as it means more to this user than to others,
 * which is what calibration asks for (Steck, RecSys 2018), without counting genres: the orders
 * already weigh all that is known. For a newcomer both are alike, and worth alone decides.
 *
 * Nothing is drawn by chance: a page stays as it is until the user or the world does something.
 */
export function arrangeShelves(stock: Stock, shape: PageShape): readonly ShelfOf<Row>[] {
  const { count, size } = shape
  const enough = Math.ceil(size / 2)
  const placed = new Set<Row>()
  const shelves: ShelfOf<Row>[] = []
  const fill = (order: Order): readonly Row[] => firstLeft(order, placed, size)
  const put = (shelf: ShelfOf<Row>): void => {
    shelves.push(shelf)
    for (const row of shelf.items) placed.add(row)
  }

  const best = fill(stock.top)
  if (best.length > 0) put({ kind: 'top', items: best })
  for (const { seed, order } of shelves.length < count ? stock.beside : []) {
    const items = fill(order)
    if (items.length < enough) continue
    put({ kind: 'beside', seed, items })
    break
  }
  const values = valuesIn(stock)
  while (shelves.length < count) {
    let [chosen, appealMax]: [ShelfOf<Row> | undefined, number] = [undefined, 0]
    for (const [value, { mine, usual }] of values) {
      const items = fill(mine.rows)
      if (items.length < enough) continue
      const worth = worthOf(items, mine.places)
      const appeal = (worth * worth) / worthOf(fill(usual.rows), usual.places)
      if (appeal > appealMax) [chosen, appealMax] = [{ kind: 'value', value, items }, appeal]
    }
    if (chosen?.kind !== 'value') break
    put(chosen)
    values.delete(chosen.value)
  }
  return shelves
}

interface Ranked {
  readonly rows: Row[]
  /** Place in the whole order by row. */
  readonly places: ReadonlyMap<Row, number>
}

/** The rows of each value in both orders; of two values that appeal alike, the first one is met. */
function valuesIn({ order, usual, valuesOf }: Stock) {
  const valuesBy = new Map(order.map((row) => [row, [...valuesOf(row)]] as const))
  const [mine, others] = [placesIn(order), placesIn(usual)]
  const found = new Map<number, { readonly mine: Ranked; readonly usual: Ranked }>()
  for (const row of order) {
    for (const value of valuesBy.get(row)!) {
      if (!found.has(value)) {
        found.set(value, {
          mine: { rows: [], places: mine },
          usual: { rows: [], places: others },
        })
      }
      found.get(value)!.mine.rows.push(row)
    }
  }
  for (const row of usual) {
    for (const value of valuesBy.get(row)!) found.get(value)!.usual.rows.push(row)
  }
  return found
}

function placesIn(order: Order): ReadonlyMap<Row, number> {
  return new Map(order.map((row, place) => [row, place] as const))
}

function firstLeft(order: Order, placed: ReadonlySet<Row>, limit: number): readonly Row[] {
  const left: Row[] = []
  for (let place = 0; place < order.length && left.length < limit; place++) {
    if (!placed.has(order[place]!)) left.push(order[place]!)
  }
  return left
}

function worthOf(rows: readonly Row[], places: ReadonlyMap<Row, number>): number {
  return rows.reduce((sum, row, place) => sum + discount(place) * discount(places.get(row)!), 0)
}

function discount(place: number): number {
  return 1 / Math.log2(2 + place)
}
