import { invalid } from '../../error.ts'
import { topK } from '../../kernel/top-k.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { type ItemKnnModel, itemKnnModel } from './item-knn-model.ts'

export interface ItemKnnOptions extends Partial<TrainingRun> {
  /** How many neighbours an item keeps at most, 1 to 10,000. */
  readonly neighbors: number
  /** Added to the divisor of the cosine, >= 0: pairs with little in common are believed less. */
  readonly shrinkage: number
}

/**
 * Item neighbours by shrunken cosine, xᵢ · xⱼ / (|xᵢ| |xⱼ| + shrinkage), where x is an item's
 * column of weights (Sarwar et al. 2001; shrinkage as in Ferrari Dacrema et al. 2021). The work is
 * the sum, over users, of the square of what they met. `interactions` has a row per user.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitItemKnn(
  interactions: Interactions,
  options: ItemKnnOptions,
): Promise<ItemKnnModel> {
  check(options)
  const pace = openPace(options.signal)
  const itemCount = interactions.columnCount
  const similar = similarityScan(interactions, options.shrinkage)
  const rows: Neighbors[] = []
  for (let item = 0; item < itemCount; item++) {
    const { items, similarities, work } = similar(item)
    const best = topK(similarities, options.neighbors)
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
  return itemKnnModel(joined(rows))
}

interface Neighbors {
  readonly items: Uint32Array
  readonly similarities: Float32Array
}

/** Finds all that have anything in common with an item. The answer stands until the next call. */
function similarityScan(
  byUser: Interactions,
  shrinkage: number,
): (item: number) => Neighbors & { readonly work: number } {
  const byItem = transposed(byUser)
  const norms = rowNorms(byItem)
  const products = new Float64Array(byItem.rowCount)
  const met = new Uint32Array(byItem.rowCount)
  const similarities = new Float32Array(byItem.rowCount)
  return (item) => {
    let count = 0
    // A scattered addition takes about as long as four in a row.
    let work = 0
    for (let cell = byItem.starts[item]!; cell < byItem.starts[item + 1]!; cell++) {
      const weight = byItem.weights[cell]!
      const user = byItem.columns[cell]!
      const [from, to] = [byUser.starts[user]!, byUser.starts[user + 1]!]
      work += 4 * (to - from)
      for (let other = from; other < to; other++) {
        const place = byUser.columns[other]!
        // Weights are > 0, so a product of 0 is one that was not begun.
        if (products[place] === 0) met[count++] = place
        products[place] = products[place]! + weight * byUser.weights[other]!
      }
    }
    for (let index = 0; index < count; index++) {
      const other = met[index]!
      const cosine = products[other]! / (norms[item]! * norms[other]! + shrinkage)
      similarities[index] = other === item ? Number.NEGATIVE_INFINITY : cosine
      products[other] = 0
    }
    return { items: met, similarities: similarities.subarray(0, count), work }
  }
}

function rowNorms(matrix: Interactions): Float64Array {
  const norms = new Float64Array(matrix.rowCount)
  for (let row = 0; row < matrix.rowCount; row++) {
    let sum = 0
    for (let cell = matrix.starts[row]!; cell < matrix.starts[row + 1]!; cell++) {
      sum += matrix.weights[cell]! ** 2
    }
    norms[row] = Math.sqrt(sum)
  }
  return norms
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

function check({ neighbors, shrinkage }: ItemKnnOptions): void {
  if (!(Number.isInteger(neighbors) && neighbors >= 1 && neighbors <= 10_000)) {
    throw invalid('neighbors', `${neighbors} must be a whole number >= 1 and <= 10000`)
  }
  if (!(shrinkage >= 0 && shrinkage < Number.POSITIVE_INFINITY)) {
    throw invalid('shrinkage', `${shrinkage} must be finite and >= 0`)
  }
}
