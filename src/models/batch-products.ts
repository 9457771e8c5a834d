import { openArena } from '../kernel/wasm/arena.ts'
import { searchKernels } from '../kernel/wasm/search-kernels.ts'
import { spread } from './padded.ts'

/**
 * Products of up to `atOnce` vectors with all rows of `width` numbers. The rows are read from
 * memory once for all of them: one by one, that is what would take the time.
 */
export interface BatchProducts {
  /**
   * Has so many vectors written, each `width` numbers that are 0 before, and tells the products of
   * each with all rows. They stand until the next call.
   */
  of(count: number, write: (place: number, vector: Float32Array) => void): readonly Float32Array[]
}

export function batchProducts(rows: Float32Array, width: number, atOnce: number): BatchProducts {
  const rowCount = rows.length / width
  const [wide, padded] = [Math.ceil(width / 8) * 8, Math.ceil(rowCount / 4) * 4]
  const length = (padded + atOnce) * wide + atOnce * padded
  const arena = openArena({ sizeBytes: length * 4 + 3 * 64 })
  const kernels = searchKernels(arena)
  const laid = arena.float32(padded * wide)
  spread(rows, width, laid, wide)
  const vectors = arena.float32(atOnce * wide)
  const products = arena.float32(atOnce * padded)
  return {
    of(count, write) {
      vectors.fill(0)
      for (let place = 0; place < count; place++) {
        write(place, vectors.subarray(place * wide, place * wide + width))
      }
      kernels.productsOfAll(vectors.subarray(0, count * wide), laid, wide, products)
      return Array.from({ length: count }, (_, place) =>
        products.subarray(place * padded, place * padded + rowCount),
      )
    },
  }
}
