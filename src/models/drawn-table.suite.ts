import { seededRandom } from '../kernel/random.ts'
import { type Interactions, interactionsOf } from './interactions.ts'

export interface DrawnTable {
  readonly userCount: number
  readonly itemCount: number
  /** The share of all cells that hold a weight. */
  readonly share: number
  /** Weights are 1 to this. */
  readonly weightMax: number
}

/** Who met what by chance, as a table that a test can compute from by hand, and as a matrix. */
export function drawnTable(
  seed: string,
  { userCount, itemCount, share, weightMax }: DrawnTable,
): { readonly table: readonly (readonly number[])[]; readonly interactions: Interactions } {
  const random = seededRandom(seed)
  const table = Array.from({ length: userCount }, () =>
    Array.from({ length: itemCount }, () =>
      random.next() < share ? 1 + random.below(weightMax) : 0,
    ),
  )
  const cells = table.flatMap((row, user) =>
    row.flatMap((weight, item) => (weight > 0 ? [{ user, item, weight }] : [])),
  )
  const columns = {
    users: Uint32Array.from(cells, ({ user }) => user),
    items: Uint32Array.from(cells, ({ item }) => item),
    weights: Float32Array.from(cells, ({ weight }) => weight),
  }
  return { table, interactions: interactionsOf(columns, { userCount, itemCount }, 'sum') }
}
