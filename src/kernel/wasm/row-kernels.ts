import { invalid } from '../../error.ts'
import type { Arena, Placed } from './arena.ts'
import { kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'

/** A matrix in an arena: `values` holds its rows of `width`, one behind the other. */
export interface Table {
  readonly values: Float32Array
  readonly width: number
}

/** A row of a table's width for each id: gradients, mostly. */
export interface RowsById {
  readonly ids: Uint32Array
  readonly rows: Float32Array
}

/**
 * Sums, and rows by their ids, over arrays of one arena.
 *
 * All throw `internal` for arrays of another memory, and `invalid_argument` for lengths that don't
 * fit together; an id out of range throws when it is met, with what came before it done.
 */
export interface RowKernels {
  dot(left: Float32Array, right: Float32Array): number
  /** to += factor × from */
  axpy(factor: number, from: Float32Array, to: Float32Array): void
  /** to = keep × to + factor × from */
  mix(keep: number, factor: number, from: Float32Array, to: Float32Array): void

  /** Copies the rows that `ids` names into `to`, one behind the other. */
  gather(table: Table, ids: Uint32Array, to: Float32Array): void
  /** Adds factor × each row to the table's row of its id; ids may repeat. */
  scatterAdd(table: Table, added: RowsById, factor?: number): void
  /**
   * Sums the rows of equal ids in place, and returns the beginnings of both arrays that are left:
   * each id once. `slots` has an entry per row of the table, all 0 before and after.
   */
  coalesce(added: RowsById, width: number, slots: Uint32Array): RowsById
}

/** The kernels of one arena; `rounding` is the best of this machine if left out. */
export function rowKernels(arena: Arena, rounding?: Rounding): RowKernels {
  const kernel = kernelsOver(kernelModule('rows', rounding), arena.memory)
  const dot = kernel('dot')
  const axpy = kernel('axpy')
  const mix = kernel('mix')
  const gather = kernel('gather')
  const scatterAdd = kernel('scatterAdd')
  const coalesce = kernel('coalesce')
  const at = arena.addressOf
  return {
    dot(left, right) {
      checkLength('right', right, left.length)
      return dot(at(left), at(right), left.length)
    },
    axpy(factor, from, to) {
      checkLength('to', to, from.length)
      axpy(factor, at(from), at(to), from.length)
    },
    mix(keep, factor, from, to) {
      checkLength('to', to, from.length)
      mix(keep, factor, at(from), at(to), from.length)
    },
    gather(table, ids, to) {
      checkLength('to', to, ids.length * table.width)
      const rowCount = rowCountOf(table)
      const { values, width } = table
      checkIds(ids, gather(at(values), rowCount, width, at(ids), ids.length, at(to)), rowCount)
    },
    scatterAdd(table, { ids, rows }, factor = 1) {
      checkLength('rows', rows, ids.length * table.width)
      const rowCount = rowCountOf(table)
      const values = at(table.values)
      const { width } = table
      const fault = scatterAdd(values, rowCount, width, at(ids), ids.length, at(rows), factor)
      checkIds(ids, fault, rowCount)
    },
    coalesce({ ids, rows }, width, slots) {
      checkLength('rows', rows, ids.length * width)
      const count = coalesce(at(slots), slots.length, width, at(ids), ids.length, at(rows))
      if (count < 0) checkIds(ids, -1 - count, slots.length)
      return { ids: ids.subarray(0, count), rows: rows.subarray(0, count * width) }
    },
  }
}

/** Throws `invalid_argument` where the values are no whole number of rows. */
export function rowCountOf({ values, width }: Table): number {
  const rowCount = values.length / width
  if (Number.isInteger(rowCount)) return rowCount
  throw invalid('width', `${width} must divide the ${values.length} values of the table`)
}

export function checkLength(name: string, array: Placed, length: number): void {
  if (array.length === length) return
  throw invalid(name, `holds ${array.length} numbers where there must be ${length}`)
}

/** `fault` is the place of an id out of range, or -1. */
export function checkIds(ids: Uint32Array, fault: number, rowCount: number): void {
  if (fault < 0) return
  throw invalid(`ids[${fault}]`, `${ids[fault]} must be < ${rowCount}`)
}
