import type { Random } from '../../kernel/random.ts'
import type { Sequences } from '../sequences.ts'

/** Who goes with whom, item by item: neighbours ascending, and how much each counts, > 0. */
export interface ItemGraph {
  /** One place more than there are items. */
  readonly starts: Uint32Array
  readonly items: Uint32Array
  readonly weights: Float32Array
}

export interface WalkOptions {
  /** Walks that begin at each item. */
  readonly walksPerItem: number
  /** Items of a walk at most, the first included. */
  readonly length: number
  /** How unlikely a walk is to go straight back, > 0: p of node2vec. */
  readonly return: number
  /** How unlikely to leave where it is, for what the last item does not know: q of node2vec. */
  readonly away: number
}

/** Tries after which a step is taken as it was drawn: as good as never. */
const triesMax = 100

/**
 * Walks over a graph of items, each step by the weights of the edges, drawn towards or away from
 * where it came from (Grover and Leskovec 2016; with `return` and `away` of 1 Perozzi et al. 2014).
 * Where the step before has a say, steps are drawn and then refused by chance (Yang et al. 2019):
 * no tables per edge are needed. Items without a neighbour make no walk.
 */
export function walksOver(graph: ItemGraph, options: WalkOptions, random: Random): Sequences {
  const { starts } = graph
  const itemCount = starts.length - 1
  const walker = walkerOver(graph, options, random)
  const walkers = [...starts.subarray(0, itemCount).keys()].filter(
    (item) => starts[item + 1]! > starts[item]!,
  )
  const walkCount = walkers.length * options.walksPerItem
  const ends = new Uint32Array(walkCount + 1)
  const items = new Uint32Array(walkCount * options.length)
  let [walk, place] = [0, 0]
  for (let round = 0; round < options.walksPerItem; round++) {
    for (const first of walkers) {
      place = walker(first, items, place)
      ends[++walk] = place
    }
  }
  return { itemCount, starts: ends, items: items.subarray(0, place) }
}

function walkerOver(graph: ItemGraph, options: WalkOptions, random: Random) {
  const { starts, items } = graph
  const sums = sumsWithin(graph)
  const next = (item: number): number => {
    const [from, to] = [starts[item]!, starts[item + 1]!]
    const wanted = random.next() * sums[to - 1]!
    let [low, high] = [from, to - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return items[low]!
  }
  const knows = (item: number, other: number): boolean => {
    let [low, high] = [starts[item]!, starts[item + 1]!]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (items[middle]! < other) low = middle + 1
      else high = middle
    }
    return low < starts[item + 1]! && items[low] === other
  }
  const [back, away] = [1 / options.return, 1 / options.away]
  const most = Math.max(back, 1, away)
  const isPlain = back === 1 && away === 1
  const following = (before: number, item: number): number => {
    let chosen = next(item)
    for (let attempt = 1; attempt < triesMax && !isPlain; attempt++) {
      const weight = chosen === before ? back : knows(before, chosen) ? 1 : away
      if (random.next() * most < weight) break
      chosen = next(item)
    }
    return chosen
  }
  return (first: number, into: Uint32Array, start: number): number => {
    let [before, item] = [-1, first]
    for (let step = 0; step < options.length; step++) {
      into[start + step] = item
      // Neighbours need not be mutual: a walk may end early.
      if (starts[item] === starts[item + 1]) return start + step + 1
      const after = before < 0 ? next(item) : following(before, item)
      before = item
      item = after
    }
    return start + options.length
  }
}

/** Of each row, the sums of its weights so far. */
function sumsWithin({ starts, weights }: ItemGraph): Float64Array {
  const sums = new Float64Array(weights.length)
  for (let item = 0; item + 1 < starts.length; item++) {
    let sum = 0
    for (let edge = starts[item]!; edge < starts[item + 1]!; edge++) {
      sum += weights[edge]!
      sums[edge] = sum
    }
  }
  return sums
}
