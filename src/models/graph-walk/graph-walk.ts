import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Interactions } from '../interactions.ts'
import { fitItemKnn } from '../item-knn/item-knn.ts'
import type { ItemKnnModel } from '../item-knn/item-knn-model.ts'
import {
  type ItemVectorsModel,
  itemVectorsModel,
  loadItemVectors,
} from '../item2vec/item-vectors-model.ts'
import { type SkipGramOptions, skipGram } from '../item2vec/skip-gram.ts'
import type { Artifact } from '../model.ts'
import { type ItemGraph, type WalkOptions, walksOver } from './walks.ts'

export interface GraphWalkOptions extends SkipGramOptions, WalkOptions {
  /** How many others an item is joined to at most, 1 to 10,000: those met by the same users. */
  readonly neighbors: number
  /** Added to the divisor of the cosine that edges are weighed by, >= 0. */
  readonly shrinkage: number
}

const kind = 'graph-walk'

/** What learning the graph takes of the whole, about. */
const graphShare = 0.2

/**
 * Vectors of items that walks over the graph of co-engagement come past together: items joined to
 * those that the same users met, weighed by shrunken cosine; walks over it; and skip-grams of these
 * (DeepWalk, Perozzi et al. 2014; node2vec, Grover and Leskovec 2016). What few users met together
 * is reached over others, which item2vec cannot.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range, and
 * `resource_exhausted` for more walks than 4 GB hold.
 */
export async function fitGraphWalk(
  interactions: Interactions,
  options: GraphWalkOptions,
): Promise<ItemVectorsModel> {
  check(options)
  const { seed, signal, onProgress, dims } = options
  const nearest = await fitItemKnn(interactions, {
    neighbors: options.neighbors,
    shrinkage: options.shrinkage,
    ...(signal && { signal }),
    onProgress: (share) => onProgress?.(share * graphShare),
  })
  const graph = graphOf(nearest)
  const walks = walksOver(graph, options, seededRandom(seed).fork('walks'))
  const vectors = await skipGram(() => walks, {
    ...options,
    onProgress: (share) => onProgress?.(graphShare + share * (1 - graphShare)),
  })
  return itemVectorsModel(kind, dims, vectors)
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadGraphWalk(artifact: Artifact): ItemVectorsModel {
  return loadItemVectors(artifact, kind)
}

/** Neighbours in the order of their ordinals, those without anything in common left out. */
function graphOf(model: ItemKnnModel): ItemGraph {
  const rows = Array.from({ length: model.itemCount }, (_, item) => {
    const { items, similarities } = model.neighbors(item)
    return [...items.keys()]
      .filter((place) => similarities[place]! > 0)
      .sort((one, other) => items[one]! - items[other]!)
      .map((place) => [items[place]!, similarities[place]!] as const)
  })
  const starts = new Uint32Array(rows.length + 1)
  for (const [item, row] of rows.entries()) starts[item + 1] = starts[item]! + row.length
  const edges = rows.flat()
  return {
    starts,
    items: Uint32Array.from(edges, ([item]) => item),
    weights: Float32Array.from(edges, ([, weight]) => weight),
  }
}

function check(options: GraphWalkOptions): void {
  const whole = (field: 'walksPerItem' | 'length', least: number, most: number): void => {
    const value = options[field]
    if (Number.isInteger(value) && value >= least && value <= most) return
    throw invalid(field, `${value} must be a whole number >= ${least} and <= ${most}`)
  }
  whole('walksPerItem', 1, 1000)
  whole('length', 2, 1000)
  for (const field of ['return', 'away'] as const) {
    const value = options[field]
    if (value > 0 && value < Number.POSITIVE_INFINITY) continue
    throw invalid(field, `${value} must be finite and > 0`)
  }
}
