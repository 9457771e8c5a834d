import { invalid } from '../../error.ts'
import { symmetricEigen } from '../../kernel/linear/symmetric-eigen.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Arena, openArena } from '../../kernel/wasm/arena.ts'
import { type SparseRows, sparseKernels } from '../../kernel/wasm/sparse-kernels.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { History, TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { type Span, spanBytes, spanIn } from './span.ts'

/** The graph of users and items as filters see it, and what most of it is common to. */
export interface LowFrequencies {
  /** R̃: a row per user, all cells divided by the roots of what their user and their item weigh. */
  readonly normalized: Interactions
  /** √ of what each item weighs in all; 0 for an item that nobody met. */
  readonly itemRoots: Float32Array
  /** itemCount × rank: the right singular vectors of R̃ of the largest values, the first ahead. */
  readonly directions: Float32Array
  readonly rank: number
}

const rankMax = 1_024

/** Directions that are held beside those wanted: the last ones settle slowly. */
const spare = 16

/** Times that the space is made orthonormal; between them it goes through the graph twice. */
const rounds = 3
const stepsPerRound = 2

/** Multiply-adds of a kernel until the thread turns to other things: some ms. */
const stretch = 32_000_000

/**
 * The directions that R̃ᵀR̃ shortens least, by randomised subspace iteration (Halko et al. 2011,
 * algorithm 4.4). Where there are fewer than `rank`, so many. `interactions` has a row per user.
 *
 * Rests every few ms. Throws `invalid_argument` for a rank out of range.
 */
export async function lowFrequencies(
  interactions: Interactions,
  { rank: asked, seed, signal, onProgress, reserve }: TrainingRun & { readonly rank: number },
): Promise<LowFrequencies> {
  if (!(Number.isInteger(asked) && asked >= 1 && asked <= rankMax)) {
    throw invalid('rank', `${asked} must be a whole number >= 1 and <= ${rankMax}`)
  }
  const pace = openPace(signal)
  const { rowCount: userCount, columnCount: itemCount } = interactions
  const { normalized, itemRoots } = normalizedOf(interactions)
  const rank = Math.min(asked, itemCount, userCount)
  const width = Math.min(rank + spare, itemCount, userCount)
  const wide = Math.ceil(width / 4) * 4
  const arena = arenaOf(interactions, wide, reserve)
  const [byUser, byItem] = [laid(normalized, arena), laid(transposed(normalized), arena)]
  const items = arena.float32(itemCount * wide)
  const users = arena.float32(userCount * wide)
  const kernels = sparseKernels(arena)
  const span: Span = spanIn(arena, kernels, wide)
  const through = async (matrix: SparseRows, from: Float32Array, to: Float32Array) => {
    const rowCount = matrix.starts.length - 1
    let first = 0
    while (first < rowCount) {
      let last = first + 1
      const enough = matrix.starts[first]! + stretch / wide
      while (last < rowCount && matrix.starts[last]! < enough) last++
      kernels.addCells(matrix, { from, to, width: wide, first, last })
      await pace.rest()
      first = last
    }
  }
  fillWithNoise(items, width, wide, seed)
  for (let round = 1; round <= rounds; round++) {
    for (let step = 0; step < stepsPerRound; step++) {
      await through(byUser, items, users)
      await through(byItem, users, items)
    }
    await span.orthonormalize(items, pace)
    // Once leaves rounding behind, which only the last round minds (Yamamoto et al. 2015).
    if (round === rounds) await span.orthonormalize(items, pace)
    onProgress?.(round / (rounds + 1))
  }
  await through(byUser, items, users)
  const { vectors } = symmetricEigen(await span.gramOf(users, pace), wide)
  onProgress?.(1)
  await pace.rest()
  // Those that span the space become its own directions (Rayleigh and Ritz).
  await span.turn(items, vectors, pace)
  const directions = new Float32Array(itemCount * rank)
  for (let item = 0; item < itemCount; item++) {
    directions.set(items.subarray(item * wide, item * wide + rank), item * rank)
  }
  return { normalized, itemRoots, directions, rank }
}

/** The strongest of what was found: the same directions, fewer of them. */
export function leading(found: LowFrequencies, rank: number): LowFrequencies {
  if (rank >= found.rank) return found
  const itemCount = found.itemRoots.length
  const directions = new Float32Array(itemCount * rank)
  for (let item = 0; item < itemCount; item++) {
    const start = item * found.rank
    directions.set(found.directions.subarray(start, start + rank), item * rank)
  }
  return { ...found, directions, rank }
}

function arenaOf(
  { rowCount, columnCount, columns }: Interactions,
  wide: number,
  reserve: TrainingRun['reserve'],
): Arena {
  const matrixNumbers = 4 * columns.length + rowCount + columnCount + 2
  const numbers = (rowCount + columnCount) * wide + matrixNumbers
  const sizeBytes = 4 * numbers + spanBytes(wide) + 8 * 64
  reserve?.(sizeBytes, `${wide} directions`)
  return openArena({ sizeBytes })
}

/** A sparse matrix in an arena. */
export function laid({ starts, columns, weights }: Interactions, arena: Arena): SparseRows {
  const placed = {
    starts: arena.uint32(starts.length),
    columns: arena.uint32(columns.length),
    weights: arena.float32(weights.length),
  }
  placed.starts.set(starts)
  placed.columns.set(columns)
  placed.weights.set(weights)
  return placed
}

function normalizedOf(matrix: Interactions) {
  const [users, items] = [matrix, transposed(matrix)].map(rootsOfRows) as [
    Float32Array,
    Float32Array,
  ]
  const weights = new Float32Array(matrix.weights.length)
  for (let user = 0; user < matrix.rowCount; user++) {
    for (let cell = matrix.starts[user]!; cell < matrix.starts[user + 1]!; cell++) {
      weights[cell] = matrix.weights[cell]! / (users[user]! * items[matrix.columns[cell]!]!)
    }
  }
  return { normalized: { ...matrix, weights }, itemRoots: items }
}

function rootsOfRows({ rowCount, starts, weights }: Interactions): Float32Array {
  return Float32Array.from({ length: rowCount }, (_, row) => {
    let sum = 0
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) sum += weights[cell]!
    return Math.sqrt(sum)
  })
}

/** Chance in the first `width` numbers of each row; the others stay 0 through all that follows. */
function fillWithNoise(rows: Float32Array, width: number, wide: number, seed: number | string) {
  const random = seededRandom(seed)
  for (let start = 0; start < rows.length; start += wide) {
    for (let k = 0; k < width; k++) rows[start + k] = random.next() - 0.5
  }
}

/** What a history is along the directions: r D^-½ U, in `out`, `rank` numbers. */
export function fillSpectrum(
  { itemRoots, directions, rank }: Pick<LowFrequencies, 'itemRoots' | 'directions' | 'rank'>,
  { items, weights }: History,
  out: Float64Array,
): void {
  out.fill(0)
  for (const [index, item] of items.entries()) {
    if (itemRoots[item] === 0) continue
    const scaled = weights[index]! / itemRoots[item]!
    for (let k = 0; k < rank; k++) out[k]! += scaled * directions[item * rank + k]!
  }
}
