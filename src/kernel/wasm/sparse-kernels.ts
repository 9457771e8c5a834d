import { broken } from '../../error.ts'
import type { Arena } from './arena.ts'
import { kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'

/** A sparse matrix in an arena: row r holds the cells starts[r] ... starts[r + 1] - 1. */
export interface SparseRows {
  readonly starts: Uint32Array
  /** Below the number of columns; trusted, as is the order of `starts`. */
  readonly columns: Uint32Array
  readonly weights: Float32Array
}

/** What is added up, and where to. All matrices are row by row, `width` numbers each. */
export interface CellSum {
  /** A row per column of the sparse matrix. */
  readonly from: Float32Array
  /** A row per row of the sparse matrix. */
  readonly to: Float32Array
  /** A multiple of 4. */
  readonly width: number
  /** Of the rows from here until there; all where left out. */
  readonly first?: number
  readonly last?: number
  /** What the sums are multiplied by; 1 where left out. */
  readonly factor?: number
  /** Beside them, so many times the rows of `base`, which may be `to`. */
  readonly keep?: number
  readonly base?: Float32Array
}

/** Sparse matrices times wide ones, over arrays of one arena. */
export interface SparseKernels {
  /** to = factor × matrix × from + keep × base. A number is the same bits however wide rows are. */
  addCells(matrix: SparseRows, sum: CellSum): void

  /** to += diag(scales) × rows × columns: `columns` and `to` are `lanes` wide, a multiple of 4. */
  addDense(
    rows: Float32Array,
    scales: Float32Array,
    columns: Float32Array,
    lanes: number,
    to: Float32Array,
  ): void

  /**
   * gram += rowsᵀ × rows, the upper triangle alone, in double precision; its width is a multiple of
   * 4. `scratch` has `scratchRows` rows of so many.
   */
  addGram(rows: Float32Array, width: number, scratch: Float64Array, gram: Float64Array): void

  /** The same of rows that are doubles already: some 64 at a time, to stay in the cache. */
  addGramOfDoubles(rows: Float64Array, width: number, gram: Float64Array): void
}

/** Rows of doubles that `addGram` needs beside. */
export const scratchRows = 64

/** Throws `internal` for arrays that don't fit each other. */
export function sparseKernels(arena: Arena, rounding?: Rounding): SparseKernels {
  const kernel = kernelsOver(kernelModule('sparse', rounding), arena.memory)
  const addCells = kernel('addCells')
  const addDense = kernel('addDense')
  const addProductsOfColumns = kernel('addProductsOfColumns')
  const addProductsOfDoubles = kernel('addProductsOfDoubles')
  const at = arena.addressOf
  return {
    addCells({ starts, columns, weights }, sum) {
      const { from, to, width, first = 0, last = starts.length - 1, factor = 1 } = sum
      const { keep = 0, base = to } = sum
      const fits = to.length === (starts.length - 1) * width && base.length === to.length
      if (width % 4 !== 0 || !fits || last >= starts.length) {
        throw broken(`${starts.length - 1} rows of ${width} don't fit ${to.length} numbers`)
      }
      addCells(
        ...[at(starts), at(columns), at(weights), first, last, at(from), width],
        ...[factor, keep, at(base), at(to)],
      )
    },
    addDense(rows, scales, columns, lanes, to) {
      const width = columns.length / lanes
      const fits = rows.length === scales.length * width && to.length === scales.length * lanes
      if (lanes % 4 !== 0 || !fits) {
        throw broken(`${scales.length} rows of ${width} don't fit ${to.length} numbers`)
      }
      addDense(at(rows), scales.length, width, at(scales), at(columns), lanes, at(to))
    },
    addGram(rows, width, scratch, gram) {
      const fits = gram.length === width * width && scratch.length === scratchRows * width
      if (width % 4 !== 0 || rows.length % width !== 0 || !fits) {
        throw broken(`rows of ${width} don't fit a square of ${gram.length} numbers`)
      }
      addProductsOfColumns(at(rows), rows.length / width, width, at(scratch), at(gram))
    },
    addGramOfDoubles(rows, width, gram) {
      if (width % 4 !== 0 || rows.length % width !== 0 || gram.length !== width * width) {
        throw broken(`rows of ${width} don't fit a square of ${gram.length} numbers`)
      }
      addProductsOfDoubles(at(rows), rows.length / width, width, at(gram))
    },
  }
}
