import { openArena } from '../../../src/kernel/wasm/arena.ts'
import { searchKernels } from '../../../src/kernel/wasm/search-kernels.ts'
import { byOne, type Recommender } from '../../../src/models/evaluation/protocols/question.ts'

/** Scores of users who were learned from, as products of their vectors with those of all items. */
export function byUserVectors(
  users: Float32Array,
  items: Float32Array,
  width: number,
): Recommender {
  const itemCount = items.length / width
  const wide = Math.ceil(width / 8) * 8
  const arena = openArena({ sizeBytes: (itemCount * (wide + 1) + wide) * 4 + 3 * 64 })
  const kernels = searchKernels(arena)
  const rows = arena.float32(itemCount * wide)
  const query = arena.float32(wide)
  const products = arena.float32(itemCount)
  for (let item = 0; item < itemCount; item++) {
    rows.set(items.subarray(item * width, (item + 1) * width), item * wide)
  }
  return byOne(({ user }) => {
    query.set(users.subarray(user * width, (user + 1) * width))
    kernels.productsOf(query, rows, products)
    return products.slice()
  })
}
