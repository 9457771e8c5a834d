import type { Query } from '../../feed/pipeline/query.ts'
import type { Grounds } from '../../feed/pipeline/trace.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { tasteOf } from '../../state/features/taste.ts'
import type { CurrentFactors, Factors } from '../../state/features/user-vector.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { NeighborLists } from '../../state/sets/neighbor-lists.ts'

export interface GroundsOptions {
  readonly neighbors: Pick<NeighborLists, 'scores'>
  readonly factors: CurrentFactors
}

/** Likes that are kept, for the tags that they share with an item. */
const likedCountMax = 60

/**
 * Likes that are followed to other items: the newest, as the sources do; below 32, for the bits.
 */
const followedCountMax = 20

/** Items whose factors have at least this cosine are liked by much the same people. */
const alikeCosine = 0.5

/** Of an item, so many of the likes that say most: the weaker ones only blur the picture. */
const markedCountMax = 4

/** Finds which of the user's likes speak for the items of a run. Reads what `tasteNeeds` names. */
export function groundsOf({ neighbors, factors }: GroundsOptions) {
  return (query: Query, items: Uint32Array): Grounds => {
    const liked = tasteOf(query, query.known).positives.slice(0, likedCountMax)
    const seeds = liked.slice(0, followedCountMax).map(({ item }) => item)
    return {
      liked,
      together: strongest(items, seeds, (seed) => {
        const scores = neighbors.scores([seed])
        return (place) => scores.get(items[place]!)
      }),
      alike: strongest(items, seeds, cosines(items, factors())),
    }
  }
}

type Strength = (place: number) => number

/** By place, a bit for each of the seeds that say most of the item; none that says nothing. */
function strongest(
  items: Uint32Array,
  seeds: readonly Ordinal[],
  strengthOf: (seed: Ordinal) => Strength,
): Uint32Array {
  // Of each place, strengths in falling order and in the same places their bits.
  const strengths = new Float64Array(items.length * markedCountMax)
  const bits = new Uint32Array(strengths.length)
  for (const [index, seed] of seeds.entries()) {
    const strength = strengthOf(seed)
    for (let place = 0; place < items.length; place++) {
      const of = items[place] === seed ? 0 : strength(place)
      const first = place * markedCountMax
      let slot = first + markedCountMax - 1
      if (of <= strengths[slot]!) continue
      for (; slot > first && of > strengths[slot - 1]!; slot--) {
        strengths[slot] = strengths[slot - 1]!
        bits[slot] = bits[slot - 1]!
      }
      strengths[slot] = of
      bits[slot] = 1 << index
    }
  }
  return Uint32Array.from(items, (_item, place) => {
    let word = 0
    for (let slot = 0; slot < markedCountMax; slot++) word |= bits[place * markedCountMax + slot]!
    return word
  })
}

/** The cosine of a seed's factors and those of each item, where it is worth speaking of; else 0. */
function cosines(items: Uint32Array, factors: Factors | undefined): (seed: Ordinal) => Strength {
  if (factors === undefined) return () => () => 0
  const lengths = Float64Array.from(items, (item) => lengthOf(factors, item))
  return (seed) => {
    const length = lengthOf(factors, seed)
    return (place) => {
      // What nothing was learned of has no length, and goes with nothing.
      const both = length * lengths[place]!
      const cosine = both === 0 ? 0 : product(factors, seed, items[place]!) / both
      return cosine >= alikeCosine ? cosine : 0
    }
  }
}

function product({ dims, items }: Factors, one: Ordinal, other: Ordinal): number {
  return dot(items, one * dims, items, other * dims, dims)
}

function lengthOf(factors: Factors, item: Ordinal): number {
  return item < factors.itemCount ? Math.sqrt(product(factors, item, item)) : 0
}
