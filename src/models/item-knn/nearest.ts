import { invalid } from '../../error.ts'
import { topK } from '../../kernel/top-k.ts'
import { transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { type ItemKnnModel, itemKnnModel } from './item-knn-model.ts'
import type { Products } from './product-scan.ts'

export interface NearestOptions extends Partial<TrainingRun> {
  readonly itemCount: number
  /** How many neighbours an item keeps at most, 1 to 10,000. */
  readonly neighbors: number
  /** What the item has in common with others, as one that was met or as one to be scored. */
  readonly products: (item: number) => Products
  /** How near the other is, from what the two have in common. */
  readonly similarity: (item: number, other: number, product: number) => number
  /** 'met' where left out. */
  readonly keptOf?: KeptOf
}

/**
 * Whose nearest are kept: those of each item that was met, or of each item that is to be scored. Of
 * what was met, popular items are among the nearest of nearly all, and come first for everybody;
 * the items to be scored all have the same number of them. For recall the former cost less to ask,
 * for ranking the latter are better, the more so the denser the data.
 */
export type KeptOf = 'met' | 'scored'

/** Throws `invalid_argument` for anything else. */
function checkKeptOf(keptOf: string): void {
  if (keptOf === 'met' || keptOf === 'scored') return
  throw invalid('keptOf', `"${keptOf}" must be met or scored`)
}

/** Keeps the nearest of each item, whatever being near means; an item is none of its own. */
export async function nearest(options: NearestOptions): Promise<ItemKnnModel> {
  const { itemCount, neighbors, products, similarity, keptOf = 'met' } = options
  checkKeptOf(keptOf)
  if (!(Number.isInteger(neighbors) && neighbors >= 1 && neighbors <= 10_000)) {
    throw invalid('neighbors', `${neighbors} must be a whole number >= 1 and <= 10000`)
  }
  const pace = openPace(options.signal)
  const similarities = new Float32Array(itemCount)
  const rows: Neighbors[] = []
  for (let item = 0; item < itemCount; item++) {
    const { items, values, work } = products(item)
    for (let index = 0; index < items.length; index++) {
      const other = items[index]!
      const isSelf = other === item
      similarities[index] = isSelf
        ? Number.NEGATIVE_INFINITY
        : similarity(item, other, values[index]!)
    }
    const best = topK(similarities.subarray(0, items.length), neighbors)
    rows.push({
      items: best.map((place) => items[place]!),
      similarities: Float32Array.from(best, (place) => similarities[place]!),
    })
    if (!pace.due(work)) continue
    await pace.rest()
    options.onProgress?.(item / itemCount)
  }
  await pace.rest()
  options.onProgress?.(1)
  return itemKnnModel(keptOf === 'met' ? joined(rows) : turned(rows))
}

interface Neighbors {
  readonly items: Uint32Array
  readonly similarities: Float32Array
}

function joined(rows: readonly Neighbors[]): Neighbors & { readonly starts: Uint32Array } {
  const starts = new Uint32Array(rows.length + 1)
  for (const [row, { items }] of rows.entries()) starts[row + 1] = starts[row]! + items.length
  const items = new Uint32Array(starts[rows.length]!)
  const similarities = new Float32Array(items.length)
  for (const [row, neighbors] of rows.entries()) {
    items.set(neighbors.items, starts[row])
    similarities.set(neighbors.similarities, starts[row])
  }
  return { starts, items, similarities }
}

/** Lists of who is near an item, from lists of whom it is near to; the nearest first. */
function turned(rows: readonly Neighbors[]): Neighbors & { readonly starts: Uint32Array } {
  const { starts, items, similarities } = joined(rows)
  const itemCount = rows.length
  const near = { columns: items, weights: similarities, starts }
  const lists = transposed({ rowCount: itemCount, columnCount: itemCount, ...near })
  const sorted = Array.from({ length: itemCount }, (_, item) => {
    const [from, to] = [lists.starts[item]!, lists.starts[item + 1]!]
    const weights = lists.weights.subarray(from, to)
    const order = topK(weights, weights.length)
    return {
      items: order.map((place) => lists.columns[from + place]!),
      similarities: Float32Array.from(order, (place) => weights[place]!),
    }
  })
  return joined(sorted)
}
