import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Row } from '../pipeline/candidates.ts'
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
    mix(_query, { items }, order) {
      const groups = numbered(order.map((row) => groupOf(items[row]!)))
      // How many of each group stand in the last `window - 1` places.
      const recent = new Uint32Array(order.length)
      const placed: number[] = []
      const taken = new Uint8Array(order.length)
      let first = 0
      while (placed.length < order.length) {
        while (taken[first] === 1) first++
        let place = first
        while (place < order.length && (taken[place] || recent[groups[place]!]! >= countMax))
          place++
        if (place === order.length) place = first
        taken[place] = 1
        placed.push(place)
        if (groups[place] !== alone) recent[groups[place]!]! += 1
        const leaving = groups[placed[placed.length - window] ?? -1] ?? alone
        if (leaving !== alone) recent[leaving]! -= 1
      }
      return placed.map((place): Row => order[place]!)
    },
  }
}

const alone = -1

/** Groups as numbers from 0, so that counting them is cheap; `alone` for those of no group. */
function numbered(groups: readonly (string | number | undefined)[]): Int32Array {
  const numbers = new Map<string | number, number>()
  return Int32Array.from(groups, (group) => {
    if (group === undefined) return alone
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  })
}

/** The group of an item is its first tag of an attribute, or the text of it: its author, say. */
export function groupBy(
  catalogue: Pick<Catalogue, 'tags' | 'text'>,
  attribute: string,
): SpreadOptions['groupOf'] {
  return (item) => {
    const tags = catalogue.tags(attribute)
    return tags === undefined ? catalogue.text(attribute, item) : tags.of(item)[0]
  }
}
