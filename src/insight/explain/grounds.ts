import type { Query } from '../../feed/pipeline/query.ts'
import type { Grounds } from '../../feed/pipeline/trace.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { grown } from '../../kernel/lists/grown.ts'
import { tasteOf } from '../../state/features/taste.ts'
import type { CurrentFactors, Factors } from '../../state/features/user-vector.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { NeighborLists } from '../../state/sets/neighbor-lists.ts'
import { type CaredForOptions, caredForBy } from './cared-for.ts'

export interface GroundsOptions {
  readonly neighbors: Pick<NeighborLists, 'each'>
  readonly factors: CurrentFactors
  readonly catalogue: CaredForOptions['catalogue']
  readonly attributes: Pick<CaredForOptions, 'tags'>
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

/**
 * Finds what of the user's past speaks for the items of a run. Reads what `tasteNeeds` and
 * `careNeeds` name.
 */
export function groundsOf({ neighbors, factors, catalogue, attributes }: GroundsOptions) {
  const together = togetherBy(neighbors)
  return (query: Query, items: Uint32Array): Grounds => {
    const liked = tasteOf(query, query.known).positives.slice(0, likedCountMax)
    const seeds = liked.slice(0, followedCountMax).map(({ item }) => item)
    return {
      liked,
      together: together(items, seeds),
      alike: strongest(items, seeds, cosines(items, factors())),
      interests: caredForBy(query, { catalogue, tags: attributes.tags }),
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
  const words = new Uint32Array(items.length)
  for (let place = 0; place < bits.length; place++) {
    words[Math.floor(place / markedCountMax)]! |= bits[place]!
  }
  return words
}

/** Which seeds go with items: of the partners of each, those that are among the items. */
function togetherBy(neighbors: GroundsOptions['neighbors']) {
  // By item, its place plus one, and all zeros between two uses: partners are looked up in
  // thousands.
  let places = new Uint32Array(0)
  return (items: Uint32Array, seeds: readonly Ordinal[]): Uint32Array => {
    for (let place = 0; place < items.length; place++) {
      places = grown(places, items[place]! + 1)
      places[items[place]!] = place + 1
    }
    const scores = new Float64Array(items.length)
    const marked = strongest(items, seeds, (seed) => {
      scores.fill(0)
      neighbors.each(seed, (item, score) => {
        const place = places[item] ?? 0
        if (place > 0) scores[place - 1] = score
      })
      return (place) => scores[place]!
    })
    for (const item of items) places[item] = 0
    return marked
  }
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
