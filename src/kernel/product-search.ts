import { dot } from './linear/dot.ts'
import { TopK } from './top-k.ts'

/** Finds the rows of a matrix whose inner product with a vector is highest. */
export interface ProductSearch {
  /** Length of each row, as a vector. */
  readonly lengths: Float32Array

  /** Up to `k` rows that `accept` takes and whose product is above 0, the highest first. Exact. */
  top(vector: Float32Array, k: number, accept: (row: number) => boolean): Uint32Array
}

const bucketCount = 1_024

/**
 * Looks at long rows first, and stops where no row that is left is long enough to get in: a product
 * is no more than the product of both lengths (LEMP: Teflioudi, Gemulla & Mykytiuk, SIGMOD 2015).
 * Factors of items that few met are short, so most rows are never looked at.
 *
 * `rows` is rowCount × width, row by row, and is not copied; to be made once per matrix, in time
 * linear in its size.
 */
export function productSearch(rows: Float32Array, width: number): ProductSearch {
  const lengths = new Float32Array(rows.length / width)
  for (let row = 0; row < lengths.length; row++) {
    lengths[row] = Math.sqrt(dot(rows, row * width, rows, row * width, width))
  }
  const { order, starts, edges } = longestFirst(lengths)

  return {
    lengths,
    top(vector, k, accept) {
      const reach = Math.sqrt(dot(vector, 0, vector, 0, width))
      const top = new TopK(Math.min(k, lengths.length))
      let threshold = Math.max(0, top.threshold)
      for (let bucket = 0; bucket < bucketCount; bucket++) {
        if (edges[bucket]! * reach <= threshold) break
        for (let place = starts[bucket]!; place < starts[bucket + 1]!; place++) {
          const row = order[place]!
          const product = dot(rows, row * width, vector, 0, width)
          if (!(product > threshold) || !accept(row)) continue
          top.offer(row, product)
          threshold = Math.max(0, top.threshold)
        }
      }
      return top.take()
    },
  }
}

/**
 * A counting sort into buckets of like length. Rows `order[starts[b] .. starts[b + 1])` are no
 * longer than `edges[b]`, which has some room for rounding.
 */
function longestFirst(lengths: Float32Array) {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  const bucketOf = (length: number): number =>
    longest === 0 ? 0 : Math.floor((1 - length / longest) * (bucketCount - 1))
  const starts = new Uint32Array(bucketCount + 1)
  const edges = new Float64Array(bucketCount)
  for (const length of lengths) {
    const bucket = bucketOf(length)
    starts[bucket + 1]! += 1
    edges[bucket] = Math.max(edges[bucket]!, length * 1.000_01)
  }
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    starts[bucket + 1]! += starts[bucket]!
  }
  // What is empty must not end the search before what comes after it.
  for (let bucket = bucketCount - 2; bucket >= 0; bucket--) {
    edges[bucket] = Math.max(edges[bucket]!, edges[bucket + 1]!)
  }
  const next = starts.slice(0, bucketCount)
  const order = new Uint32Array(lengths.length)
  for (const [row, length] of lengths.entries()) order[next[bucketOf(length)]!++] = row
  return { order, starts, edges }
}
