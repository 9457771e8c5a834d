import type { Interactions } from '../interactions.ts'

/** What an item has in common with others. The answer stands until the next call. */
export interface Products {
  /** All that share a user with the item, itself included, in no order. */
  readonly items: Uint32Array
  /** Σᵤ left[item, u] right[u, other], in the same places. */
  readonly values: Float64Array
  /** In multiply-adds: a scattered one takes about as long as four in a row. */
  readonly work: number
}

/**
 * The rows of a product of two sparse matrices, one at a time: `left` has a row per item, `right` a
 * row per user, and all weights are > 0.
 */
export function productScan(left: Interactions, right: Interactions): (item: number) => Products {
  const products = new Float64Array(right.columnCount)
  const met = new Uint32Array(right.columnCount)
  const values = new Float64Array(right.columnCount)
  return (item) => {
    let count = 0
    let work = 0
    for (let cell = left.starts[item]!; cell < left.starts[item + 1]!; cell++) {
      const weight = left.weights[cell]!
      const user = left.columns[cell]!
      const [from, to] = [right.starts[user]!, right.starts[user + 1]!]
      work += 4 * (to - from)
      for (let other = from; other < to; other++) {
        const place = right.columns[other]!
        // Weights are > 0, so a product of 0 is one that was not begun.
        if (products[place] === 0) met[count++] = place
        products[place] = products[place]! + weight * right.weights[other]!
      }
    }
    for (let index = 0; index < count; index++) {
      values[index] = products[met[index]!]!
      products[met[index]!] = 0
    }
    return { items: met.subarray(0, count), values: values.subarray(0, count), work }
  }
}
