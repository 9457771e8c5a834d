import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Order, Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'

export interface SpreadOptions {
  /** The group of an item; `undefined` for one that stands by itself. */
  readonly groupOf: (item: Ordinal) => string | number | undefined
  /** Most items of one group... */
  readonly countMax: number
  /** ...within any so many places in a row. */
  readonly window: number
}

/**
 * Keeps a feed from being all of a kind. Each place takes the first row that waits and may stand
 * there; where none may, the first that waits, since a dull feed is better than a short one.
 */
export function spread({ groupOf, countMax, window }: SpreadOptions): Mixer {
  return {
    name: 'spread',
    mix(_query, { items }, order, places = order.length) {
      const groups = numbered(order, (row) => groupOf(items[row]!))
      // How many of each group stand in the last `window - 1` places.
      const recent = new Uint32Array(order.length)
      const placed: number[] = []
      const taken = new Uint8Array(order.length)
      const length = Math.min(places, order.length)
      let first = 0
      while (placed.length < length) {
        while (taken[first] === 1) first++
        let place = first
        while (place < order.length && (taken[place] || recent[groups(place)]! >= countMax)) place++
        if (place === order.length) place = first
        taken[place] = 1
        placed.push(place)
        if (groups(place) !== alone) recent[groups(place)]! += 1
        const oldest = placed[placed.length - window]
        const leaving = oldest === undefined ? alone : groups(oldest)
        if (leaving !== alone) recent[leaving]! -= 1
      }
      const rows = placed.map((place): Row => order[place]!)
      if (length === order.length) return rows
      return rows.concat(order.filter((_row, place) => taken[place] === 0))
    },
  }
}

const alone = -1
const unknown = -2

/**
 * Groups of places as numbers from 0, so that counting them is cheap; `alone` for those of no
 * group. Looked up when first asked for: most places are never looked at.
 */
function numbered(
  order: Order,
  groupOf: (row: Row) => string | number | undefined,
): (place: number) => number {
  const numbers = new Map<string | number, number>()
  const known = new Int32Array(order.length).fill(unknown)
  return (place) => {
    if (known[place] !== unknown) return known[place]!
    const group = groupOf(order[place]!)
    let number: number | undefined = alone
    if (group !== undefined) {
      number = numbers.get(group)
      if (number === undefined) numbers.set(group, (number = numbers.size))
    }
    known[place] = number
    return number
  }
}

/** The group of an item is its first tag of an attribute, or the text of it: its author, say. */
export function groupBy(
  catalogue: Pick<Catalogue, 'tags' | 'text'>,
  attribute: string,
): SpreadOptions['groupOf'] {
  return (item) => {
    const tags = catalogue.tags(attribute)
    if (tags === undefined) return catalogue.text(attribute, item)
    const first = tags.first(item)
    return first < 0 ? undefined : first
  }
}
