import type { Random } from '../random.ts'
import { type Arena, openArena } from '../wasm/arena.ts'
import { type CodedRows, type SearchKernels, searchKernels } from '../wasm/search-kernels.ts'
import { codedBytes, codedRows } from './coded-rows.ts'
import { inOrder } from './in-order.ts'
import type { Space } from './k-means.ts'
import { type Direct, learnedCentres, learningBytes } from './learned-centres.ts'
import { lengthsOf } from './lengths.ts'
import type { LearnedLists, NearestOptions } from './nearest.ts'
import { widthFor } from './query.ts'

/** Rows in lists, each of the rows that lie in about one direction. */
export interface Lists {
  readonly listCount: number
  /** Rows as they came, list after list. */
  readonly order: Uint32Array
  /** Where in the order each list begins, and the end. In the arena. */
  readonly starts: Uint32Array
  /** The centre of each list in bytes, in the arena. */
  readonly centres: CodedRows
  /** What is kept of all this. */
  readonly learned: Pick<LearnedLists, 'listCount' | 'centres' | 'owners' | 'longest'>
}

export interface ListsOptions extends NearestOptions {
  readonly arena: Arena
  readonly kernels: SearchKernels
  readonly random: Random
}

/** Rows that are given to a kernel at once. */
const block = 4_096

/** About 8 √n: lists of some tens of rows, of which few are needed, and whose centres are many. */
export function listCountFor(rowCount: number): number {
  return Math.max(4, 2 ** Math.round(Math.log2(8 * Math.sqrt(rowCount))))
}

/** What keeping lists takes in an arena. */
export const listBytes = (listCount: number, width: number): number =>
  (listCount + 1) * 4 + 64 + codedBytes(listCount, width)

/**
 * Lists of rows in the arena that is given. Learning them takes another one meanwhile: some 32
 * rows per list, twice, if nothing is known of them.
 */
export function listsOf(options: ListsOptions): Lists {
  const { arena } = options
  const learned = learnedOf(options)
  const { listCount, owners } = learned
  const sorted = inOrder(owners, listCount)
  const starts = arena.uint32(listCount + 1)
  starts.set(sorted.starts)
  const centres = codedCentres(options, learned.centres)
  return { listCount, order: sorted.order, starts, centres, learned }
}

/** Queries have 0 where directions have one number more, so codes leave it out. */
function codedCentres({ arena, width }: ListsOptions, centres: Float32Array): CodedRows {
  const [wide, wideOfRows] = [widthFor(width + 1), widthFor(width)]
  const listCount = centres.length / wide
  const numbers = listCount * wideOfRows
  const meanwhile = openArena({ sizeBytes: numbers * 4 + 64 + codedBytes(listCount, width) })
  const uncoded = meanwhile.float32(numbers)
  for (let list = 0; list < listCount; list++) {
    uncoded.set(centres.subarray(list * wide, list * wide + width), list * wideOfRows)
  }
  const given = { arena: meanwhile, kernels: searchKernels(meanwhile) }
  const { codes, scales, sums } = codedRows(given, uncoded, wideOfRows, width)
  const coded = {
    codes: arena.int8(codes.length),
    scales: arena.float32(scales.length),
    sums: arena.uint32(sums.length),
  }
  coded.codes.set(codes)
  coded.scales.set(scales)
  coded.sums.set(sums)
  return coded
}

/** Which lists there are, and which rows lie in them, unless that was learned before. */
function learnedOf(options: ListsOptions): Lists['learned'] {
  const { rows, width, random, lists: known } = options
  const rowCount = rows.length / width
  const listCount = known?.listCount ?? listCountFor(rowCount)
  // One more than the rows have, see `directions`.
  const wide = widthFor(width + 1)
  const lengths = lengthsOf(rows, width)
  const longest = known?.longest ?? lengths.reduce((most, length) => Math.max(most, length), 0)
  const direct = directions(options, lengths, longest, wide)
  const learning =
    known === undefined ? learningBytes(rowCount, listCount, wide) : listCount * wide * 4 + 64
  const arena = openArena({ sizeBytes: learning + block * (wide + 1) * 4 + 2 * 64 })
  const space: Space = { arena, kernels: searchKernels(arena), wide }
  const owners = new Uint32Array(rowCount)
  let centres: Float32Array
  if (known === undefined) {
    const all = Array.from(lengths.keys())
    const long = all.filter((row) => lengths[row]! > 0)
    // Rows of zeros have no direction; they are of some list all the same.
    const sampled = long.length > 0 ? long : all
    centres = learnedCentres({ ...space, rows: sampled, direct, listCount, random })
  } else {
    centres = arena.float32(listCount * wide)
    centres.set(known.centres)
    owners.set(known.owners)
  }
  assignRows(space, centres, direct, owners, known?.owners.length ?? 0)
  return { listCount, centres: centres.slice(), owners, longest }
}

/** Finds the lists of all rows from one on. */
function assignRows(
  { arena, kernels, wide }: Space,
  centres: Float32Array,
  direct: Direct,
  owners: Uint32Array,
  first: number,
): void {
  const part = arena.float32(block * wide)
  const owned = arena.uint32(block)
  for (let from = first; from < owners.length; from += block) {
    const count = Math.min(block, owners.length - from)
    for (let index = 0; index < count; index++) direct(from + index, part, index)
    const own = owned.subarray(0, count)
    kernels.assign(part.subarray(0, count * wide), centres, wide, own)
    owners.set(own, from)
  }
}

/**
 * Writes a row as a direction. Where products are asked for, rows are made equally long by one
 * number more (Bachrach et al. 2014), of which queries have 0: then the nearest direction is the
 * highest product.
 */
function directions(
  { rows, width, measure }: ListsOptions,
  lengths: Float32Array,
  longest: number,
  wide: number,
): Direct {
  return (row, into, place) => {
    // One that came later may be longer: it is told by its direction alone.
    const length = measure === 'product' ? Math.max(longest, lengths[row]!) : lengths[row]!
    const start = place * wide
    into.fill(0, start, start + wide)
    if (length === 0) return
    for (let k = 0; k < width; k++) into[start + k] = rows[row * width + k]! / length
    const share = Math.min(1, lengths[row]! / length)
    into[start + width] = Math.sqrt(1 - share * share)
  }
}
