import type { TagColumn } from '../../state/catalogue/catalogue.ts'
import type { Column } from '../../state/features/feature.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { tasteOf } from '../../state/features/taste.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Candidates, Order, Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'
import { arrangeShelves, type PageShape, type ShelfOf } from '../shelves/arrange-shelves.ts'
import type { LikedItem } from '../shelves/last-liked.ts'

export interface ShelveOptions extends PageShape {
  /** The tags that shelves are made of; `undefined` where no item has tags of it. */
  readonly tags: () => TagColumn | undefined
  /** How good each row is for most people. */
  readonly usual: Column
  /** Arranges what the first shelf is filled from. */
  readonly variety: Mixer
  /** Made by `lastLiked`. */
  readonly liked: PerRequest<readonly LikedItem[]>
  /** Told what stands on which shelf. The order is the shelves, one after the other. */
  readonly told?: (shelves: readonly ShelfOf<Ordinal>[]) => void
}

/** Arranges the best rows as shelves, and leaves out the rest. */
export function shelve(options: ShelveOptions): Mixer {
  return {
    name: 'shelve',
    mix(query, candidates, order) {
      const { items } = candidates
      const tags = options.tags()
      const stock = {
        order,
        usual: bestFirst(order, candidates.column(options.usual)),
        known: knownWell(query),
        valuesOf: (row: Row) => tags?.of(items[row]!) ?? [],
        top: options.variety.mix(query, candidates, order.slice(0, varietyDepth * options.size)),
        beside: options.liked(query, query.known).map(({ item, neighbors }) => ({
          seed: item,
          order: goingWith(order, candidates, neighbors),
        })),
      }
      const shelves = arrangeShelves(stock, options)
      options.told?.(
        shelves.map((shelf) => ({ ...shelf, items: shelf.items.map((row) => items[row]!) })),
      )
      return shelves.flatMap((shelf) => shelf.items)
    },
  }
}

/** How far down variety is looked for, in shelves: what stands lower is none of the best. */
const varietyDepth = 5

/** Signals that are taken to have been given by chance: nobody is known by one click. */
const doubt = 5

function knownWell(query: Query): number {
  const { signals } = tasteOf(query, query.known)
  const liking = signals.reduce((sum, signal) => sum + Math.max(0, signal), 0)
  return liking / (liking + doubt)
}

/** Rows that nobody has measured come last, in the order in which they stood. */
function bestFirst(order: Order, column: Float32Array): Order {
  return [...order].sort((one, other) =>
    // Two that are both -Infinity would give NaN.
    column[one] === column[other] ? 0 : column[other]! - column[one]!,
  )
}

function goingWith(order: Order, { items }: Candidates, neighbors: LikedItem['neighbors']): Order {
  const score = (row: Row): number => neighbors.get(items[row]!)
  return order.filter((row) => score(row) > 0).sort((one, other) => score(other) - score(one))
}
