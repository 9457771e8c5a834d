import type { Random } from '../../kernel/random.ts'
import type { Arena } from '../../kernel/wasm/arena.ts'
import type { KernelCall, KernelTeam } from '../../kernel/wasm/kernel-team.ts'
import type { Interactions } from '../interactions.ts'

/**
 * What is learned from a cell: that it comes before another item by chance (`pairwise`: Rendle et
 * al. 2009), that it is likely and others are not (`pointwise`: a logistic loss, Rendle et al.
 * 2020), or that it comes before items that are too near (`warp`: Weston et al. 2011).
 */
export type Objective = 'pairwise' | 'pointwise' | 'warp'

export interface DescentOptions {
  readonly dims: number
  readonly objective: Objective
  /** Items by chance per cell: as many steps where pointwise, and the most that WARP looks at. */
  readonly negatives: number
  /** Every item that was met alike, or each as often as it was met. */
  readonly sampling: 'uniform' | 'popularity'
  readonly regularization: number
}

/** Vectors of users and items in an arena, and the passes over all cells that move them. */
export interface Descent {
  /** Numbers per vector: `dims`, the bias of an item, that of a user, and nothing. */
  readonly width: number
  readonly users: Float32Array
  readonly items: Float32Array
  /** The chance of each thread, which a pass moves on too. */
  readonly states: readonly Uint32Array[]
  /** Moves them by a pass with steps of this rate. Returns the share of cells that were right. */
  pass(rate: number): Promise<number>
  /** Goes past a pass that was made before: those after it come in the order they would have. */
  skip(): void
}

/**
 * Cells of one user that are walked together: their vector stays in the cache meanwhile. Four times
 * as many save no time worth naming, and learn less: a step along them undoes what the others need.
 */
const segmentCells = 8
/** Multiply-adds of a call: some 1 ms. */
const callWork = 4_000_000

const kernels = {
  pairwise: 'bprSegments',
  pointwise: 'pointSegments',
  warp: 'warpSegments',
} as const

/** Four segments are walked at once, with eight numbers for each. */
const walkersLength = 4 * 8

/** Two numbers more for the biases, and a multiple of the eight that kernels take at once. */
const widthOf = (dims: number): number => Math.ceil((dims + 2) / 8) * 8

const segmentCountOf = ({ rowCount, starts }: Interactions): number => {
  let count = 0
  for (let row = 0; row < rowCount; row++) {
    count += Math.ceil((starts[row + 1]! - starts[row]!) / segmentCells)
  }
  return count
}

/** What a descent takes in an arena. */
export function descentBytes(matrix: Interactions, options: DescentOptions, threads: number) {
  const { rowCount, columnCount, columns } = matrix
  const vectors = (rowCount + columnCount) * widthOf(options.dims)
  const ordinals = rowCount + 1 + columns.length + segmentCountOf(matrix) * 3 + columnCount
  const perThread = walkersLength * 4 + 2 * 64
  return (vectors + ordinals + options.negatives) * 4 + 8 * 64 + threads * perThread
}

/** Places the cells; vectors are zeros, with the biases' counterparts at 1. */
export function openDescent(
  { arena, team }: { readonly arena: Arena; readonly team: KernelTeam },
  matrix: Interactions,
  options: DescentOptions,
  random: Random,
): Descent {
  const { dims, objective, negatives, sampling, regularization } = options
  const { rowCount, columnCount } = matrix
  const width = widthOf(dims)
  const at = arena.addressOf
  const users = arena.float32(rowCount * width)
  const items = arena.float32(columnCount * width)
  for (let user = 0; user < rowCount; user++) users[user * width + dims] = 1
  for (let item = 0; item < columnCount; item++) items[item * width + dims + 1] = 1
  const starts = arena.uint32(rowCount + 1)
  const columns = arena.uint32(matrix.columns.length)
  starts.set(matrix.starts)
  columns.set(matrix.columns)
  const pool = sampling === 'popularity' ? columns : placed(arena, metItems(matrix))
  const segments = placed(arena, segmentsOf(matrix))
  const strengths = arena.float32(negatives)
  for (let draw = 0; draw < negatives; draw++) strengths[draw] = strengthAfter(draw, columnCount)
  const states = Array.from({ length: team.threads }, () => stateBy(arena, random))
  const walkers = states.map(() => arena.uint32(walkersLength))
  const order = random.fork('order')
  const extra = (thread: number): readonly number[] => {
    if (objective === 'pairwise') return [at(walkers[thread]!)]
    return objective === 'warp' ? [at(strengths), negatives] : [negatives]
  }
  const perCell = objective === 'pairwise' ? 1 : negatives
  const perSegment = 6 * width * segmentCells * perCell

  return {
    ...{ width, users, items, states },
    skip: () => shuffle(segments, order),
    async pass(rate) {
      const count = segments.length / 3
      shuffle(segments, order)
      const step = Math.max(1, Math.floor(callWork / perSegment))
      const calls: KernelCall[] = []
      for (let from = 0; from < count; from += step) {
        const to = Math.min(count, from + step)
        const values = (thread: number): readonly number[] => [
          ...[at(segments), from, to, at(starts), at(columns), at(pool), pool.length],
          ...[at(users), at(items), width, dims * 4, rate, regularization],
          ...[at(states[thread]!), ...extra(thread)],
        ]
        calls.push({ kernel: kernels[objective], values, work: (to - from) * perSegment })
      }
      const right = await team.run(calls)
      return right.reduce((sum, each) => sum + each, 0) / columns.length
    },
  }
}

function placed(arena: Arena, ordinals: Uint32Array): Uint32Array {
  const array = arena.uint32(ordinals.length)
  array.set(ordinals)
  return array
}

function metItems({ columns, columnCount }: Interactions): Uint32Array {
  const met = new Uint8Array(columnCount)
  for (const item of columns) met[item] = 1
  return Uint32Array.from(met.keys()).filter((item) => met[item] === 1)
}

/**
 * Triples of user, first cell, and how far apart the cells are: as far as may be, as those beside
 * each other are of items alike where items are numbered in any order that says something.
 */
function segmentsOf(matrix: Interactions): Uint32Array {
  const segments = new Uint32Array(segmentCountOf(matrix) * 3)
  let next = 0
  for (let user = 0; user < matrix.rowCount; user++) {
    const [first, last] = [matrix.starts[user]!, matrix.starts[user + 1]!]
    const count = Math.ceil((last - first) / segmentCells)
    for (let segment = 0; segment < count; segment++) {
      segments.set([user, first + segment, count], next)
      next += 3
    }
  }
  return segments
}

/**
 * ln of the rank to be expected of a cell before which one was found with the draw of this number
 * (Weston et al. 2011, with ln for the sum of reciprocals), at most 10 and more than nothing.
 */
function strengthAfter(draw: number, itemCount: number): number {
  const rank = Math.floor((itemCount - 1) / (draw + 1))
  return Math.min(10, Math.log(1 + Math.max(1, rank)))
}

/** Fisher and Yates, on triples. */
function shuffle(triples: Uint32Array, random: Random): void {
  for (let place = triples.length / 3 - 1; place > 0; place--) {
    const [one, other] = [3 * place, 3 * random.below(place + 1)]
    for (let part = 0; part < 3; part++) {
      const kept = triples[one + part]!
      triples[one + part] = triples[other + part]!
      triples[other + part] = kept
    }
  }
}

/** 64 bits of chance for one thread, never all 0. */
function stateBy(arena: Arena, random: Random): Uint32Array {
  const state = arena.uint32(2)
  state[0] = random.below(2 ** 32)
  state[1] = random.below(2 ** 32) | 1
  return state
}
