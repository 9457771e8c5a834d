import type { Arena } from './arena.ts'
import { kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'

/** Rows in few bits: of each a byte per dimension, what a byte is worth, and 64 × their sum. */
export interface CodedRows {
  /** rowCount × width; widths are a multiple of 16. */
  readonly codes: Int8Array
  readonly scales: Float32Array
  readonly sums: Uint32Array
}

/** Room for entries, in which the best of them end up in front. */
export interface Entries {
  readonly places: Uint32Array
  readonly scores: Float32Array
  /** What keeping and sorting them needs beside: 2 × their number and 256. */
  readonly spare: Uint32Array
}

/** Room for so many entries in an arena. */
export function entriesOf(arena: Arena, room: number): Entries {
  return {
    places: arena.uint32(room),
    scores: arena.float32(room),
    spare: arena.uint32(2 * room + countsLength),
  }
}

/** What they take in an arena. */
export const entryBytes = (room: number): number => (4 * room + countsLength) * 4 + 3 * 64

/** Entries are sorted and chosen from by a byte of their keys at a time. */
const countsLength = 256

/** Room of `scanLists` beyond what it is to find: with less it keeps the best more often. */
export const scanRoom = 1_024

/**
 * Of this, what it writes in before it keeps the best: as much again as it is to find, so that what
 * is written is about what comes near, and not all there is.
 */
const scanRoomFor = (most: number): number => Math.min(scanRoom, Math.max(64, most))

/**
 * Products of queries with rows, and the best of them, over arrays of one arena. Widths of single
 * precision are a multiple of 8. Lengths are trusted: searches lay their arrays themselves.
 */
export interface SearchKernels {
  /** One product per row of `rows`, in `to`. */
  productsOf(query: Float32Array, rows: Float32Array, to: Float32Array): void
  /** One product for each of some rows, by their places. */
  productsAt(query: Float32Array, rows: Float32Array, places: Uint32Array, to: Float32Array): void
  /**
   * One product per row, of which there are a multiple of 4, for each of some queries: those of a
   * query behind each other, the same bits whatever is asked beside it.
   */
  productsOfAll(queries: Float32Array, rows: Float32Array, width: number, to: Float32Array): void

  /**
   * Takes the best of `values`, `most` at most, the best first: they lie in front of `entries`,
   * which has room for all values. Their places are those in `names`, or in `values` itself.
   * Returns how many there are.
   */
  take(values: Float32Array, most: number, entries: Entries, names?: Uint32Array): number

  /**
   * Writes rows of `wide` numbers as bytes, each in steps of a 127th of its largest. What is 0 in
   * all is left as it is.
   */
  encode(rows: Float32Array, wide: number, to: CodedRows): void

  /**
   * The best of the rows of some lists by their codes, `most` at most, in no order: list l holds
   * the rows from starts[l] on. The query's bytes are 64 and more or less. They lie in front of
   * `entries`, which has room for `scanRoom` more. Returns how many there are.
   */
  scanLists(
    lists: Uint32Array,
    starts: Uint32Array,
    query: Int8Array,
    rows: CodedRows,
    most: number,
    entries: Entries,
  ): number

  /** For each row the centre with the highest product; their number is a multiple of 4. */
  assign(rows: Float32Array, centres: Float32Array, width: number, to: Uint32Array): void
}

export function searchKernels(arena: Arena, rounding?: Rounding): SearchKernels {
  const kernel = kernelsOver(kernelModule('search', rounding), arena.memory)
  const productsOf = kernel('productsOf')
  const productsAt = kernel('productsAt')
  const productsOfAll = kernel('productsOfAll')
  const collect = kernel('collect')
  const keepBest = kernel('keepBest')
  const sortBest = kernel('sortBest')
  const scanLists = kernel('scanLists')
  const encodeRows = kernel('encodeRows')
  const assign = kernel('assign')
  const at = arena.addressOf
  return {
    productsOf(query, rows, to) {
      productsOf(at(query), at(rows), rows.length / query.length, query.length, at(to))
    },
    productsAt(query, rows, places, to) {
      productsAt(at(query), at(rows), at(places), places.length, query.length, at(to))
    },
    productsOfAll(queries, rows, width, to) {
      const [queryCount, rowCount] = [queries.length / width, rows.length / width]
      productsOfAll(at(queries), queryCount, at(rows), rowCount, width, at(to))
    },
    take(values, most, entries, names) {
      const [scores, places, spare] = [at(entries.scores), at(entries.places), at(entries.spare)]
      const named = names === undefined ? 0 : at(names)
      const size = collect(at(values), values.length, named, scores, places)
      const kept = keepBest(scores, places, size, most, spare)
      sortBest(scores, places, kept, spare + countsLength * 4, spare)
      return kept
    },
    encode(rows, wide, { codes, scales, sums }) {
      const width = codes.length / scales.length
      encodeRows(at(rows), scales.length, wide, at(codes), width, at(scales), at(sums))
    },
    scanLists(lists, starts, query, { codes, scales, sums }, most, entries) {
      return scanLists(
        ...[at(lists), lists.length, at(starts), at(query), at(codes), at(scales), at(sums)],
        ...[query.length, at(entries.scores), at(entries.places), most],
        ...[Math.min(entries.places.length, most + scanRoomFor(most)), at(entries.spare)],
      )
    },
    assign(rows, centres, width, to) {
      assign(at(rows), to.length, at(centres), centres.length / width, width, at(to))
    },
  }
}
