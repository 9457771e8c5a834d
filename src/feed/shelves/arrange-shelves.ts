import type { Order, Row } from '../pipeline/candidates.ts'

/** What shelves are filled from. Every row of the orders is one of `order`. */
export interface Stock {
  /** All that may stand on the page, best first for the user. */
  readonly order: Order
  /** The same rows, best first for most people. */
  readonly usual: Order
  /** How well the user is known, from 0 (not at all) to 1: how far `usual` is held against. */
  readonly known: number
  /** The values of a row, as numbers: a film has several genres. */
  readonly valuesOf: (row: Row) => ArrayLike<number>
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
 * appealing first. No row stands on two shelves. A shelf that is not half full is left out; the
 * first is shown with whatever there is.
 *
 * Values are chosen greedily, as in "Learning a Personalized Homepage" (Alvino & Basilico, Netflix
 * 2015): what a shelf would hold is looked at anew after every choice, since what the shelves above
 * it took is gone. A shelf is worth the sum of what its items are worth, each discounted by its
 * place on the shelf; an item is worth the discount of its place in the whole order. Places rather
 * than scores, for rankers measure in different scales; the discount is that of DCG, 1 / log2(2 +
 * place) (Järvelin & Kekäläinen, TOIS 2002).
 *
 * By worth alone, values that are everywhere (Drama) would come first for everybody. So appeal is
 * worth × (worth / usual worth) ** known: what the shelf is worth to the user, raised as far as
 * that is more than a shelf of the value would be worth to most people. That is what calibration
 * asks for (Steck, RecSys 2018), without counting genres: the orders weigh all that is known. For a
 * newcomer, whose order says little of them, worth alone decides.
 *
 * Nothing is drawn by chance: a page stays as it is until the user or the world does something.
 */
export function arrangeShelves(stock: Stock, shape: PageShape): readonly ShelfOf<Row>[] {
  const { count, size } = shape
  const enough = Math.ceil(size / 2)
  const rowCount = stock.order.reduce((most, row) => Math.max(most, row + 1), 0)
  const placed = new Uint8Array(rowCount)
  const shelves: ShelfOf<Row>[] = []
  const fill = (order: Order): readonly Row[] => firstLeft(order, placed, size)
  const put = (shelf: ShelfOf<Row>): void => {
    shelves.push(shelf)
    for (const row of shelf.items) placed[row] = 1
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
  const [worthTo, usualWorth] = [worths(stock.order, rowCount), worths(stock.usual, rowCount)]
  while (shelves.length < count) {
    let [chosen, appealMax]: [ShelfOf<Row> | undefined, number] = [undefined, 0]
    for (const [value, rows] of values) {
      const items = fill(rows.mine)
      if (items.length < enough) continue
      const worth = shelfWorth(items, worthTo)
      const lift = worth / shelfWorth(fill(rows.usual), usualWorth)
      const appeal = worth * lift ** stock.known
      if (appeal > appealMax) [chosen, appealMax] = [{ kind: 'value', value, items }, appeal]
    }
    if (chosen?.kind !== 'value') break
    put(chosen)
    values.delete(chosen.value)
  }
  return shelves
}

/** The rows of one value in both orders. */
interface Rows {
  readonly mine: Row[]
  readonly usual: Row[]
}

/** Rows by value; of two values that appeal alike, the first one met in `order` is chosen. */
function valuesIn({ order, usual, valuesOf }: Stock): Map<number, Rows> {
  const found = new Map<number, Rows>()
  const valuesBy: ArrayLike<number>[] = []
  for (const row of order) {
    const values = valuesOf(row)
    valuesBy[row] = values
    for (let index = 0; index < values.length; index++) {
      const rows = found.get(values[index]!)
      if (rows === undefined) found.set(values[index]!, { mine: [row], usual: [] })
      else rows.mine.push(row)
    }
  }
  for (const row of usual) {
    const values = valuesBy[row]!
    for (let index = 0; index < values.length; index++) found.get(values[index]!)!.usual.push(row)
  }
  return found
}

function firstLeft(order: Order, placed: Uint8Array, limit: number): readonly Row[] {
  const left: Row[] = []
  for (let place = 0; place < order.length && left.length < limit; place++) {
    if (placed[order[place]!] === 0) left.push(order[place]!)
  }
  return left
}

/** By row, what it is worth to whom the order is for. */
function worths(order: Order, rowCount: number): Float64Array {
  const worth = new Float64Array(rowCount)
  for (const [place, row] of order.entries()) worth[row] = discount(place)
  return worth
}

function shelfWorth(rows: readonly Row[], worth: Float64Array): number {
  return rows.reduce((sum, row, place) => sum + discount(place) * worth[row]!, 0)
}

function discount(place: number): number {
  return 1 / Math.log2(2 + place)
}
