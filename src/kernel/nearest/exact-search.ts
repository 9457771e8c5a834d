import { TopK } from '../top-k.ts'
import { openArena } from '../wasm/arena.ts'
import { searchKernels } from '../wasm/search-kernels.ts'
import { lengthsOf, longestFirst } from './lengths.ts'
import type { Nearest, NearestOptions } from './nearest.ts'
import { queryOf, widthFor } from './query.ts'

/** Rows whose products are taken at once. */
const block = 1_024

/**
 * Looks at all rows, the longest first, and stops where no row that is left is long enough to be
 * found: a product is no more than the product of both lengths (LEMP: Teflioudi, Gemulla and
 * Mykytiuk 2015). Vectors of items that few met are short, so most are never looked at.
 */
export function exactSearch(options: Pick<NearestOptions, 'rows' | 'width' | 'measure'>): Nearest {
  const { rows, width, measure } = options
  const rowCount = rows.length / width
  const lengths = lengthsOf(rows, width)
  const order = longestFirst(lengths)
  const wide = widthFor(width)
  const sizeBytes = (rowCount * wide + wide + block) * 4 + 3 * 64
  const arena = openArena({ sizeBytes })
  const kernels = searchKernels(arena)
  const placed = arena.float32(rowCount * wide)
  const query = arena.float32(wide)
  const products = arena.float32(block)
  for (const [place, row] of order.entries()) {
    const scale = measure === 'cosine' ? 1 / (lengths[row]! || 1) : 1
    for (let k = 0; k < width; k++) placed[place * wide + k] = scale * rows[row * width + k]!
  }
  // Some room for rounding.
  const reachOf = (place: number): number =>
    1.000_01 * (measure === 'cosine' ? 1 : lengths[order[place]!]!)

  return {
    ...{ rowCount, width, measure, method: 'exact', sizeBytes: arena.sizeBytes },
    recall: { value: 1, k: 0, queryCount: 0 },
    search(asked, k, { accept, above = Number.NEGATIVE_INFINITY } = {}) {
      const length = queryOf(asked, width, measure, query)
      const top = new TopK(Math.min(k, rowCount))
      let bar = Math.max(above, top.threshold)
      for (let from = 0; from < rowCount; from += block) {
        if (reachOf(from) * length <= bar) break
        const count = Math.min(block, rowCount - from)
        const part = placed.subarray(from * wide, (from + count) * wide)
        kernels.productsOf(query, part, products)
        for (let index = 0; index < count; index++) {
          const product = products[index]!
          if (!(product > bar)) continue
          if (accept !== undefined && !accept(order[from + index]!)) continue
          top.offer(from + index, product)
          bar = Math.max(above, top.threshold)
        }
      }
      const { places, scores } = top.takeScored()
      return { rows: places.map((place) => order[place]!), scores }
    },
  }
}
