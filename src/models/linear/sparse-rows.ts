import { columnsOf, type Rows } from '../ranking/rows.ts'
import type { Scales } from './scales.ts'
import type { Slots } from './slots.ts'

/**
 * Rows as the slots that are on in each, and how much: row r has entries starts[r] to starts[r +
 * 1].
 */
export interface SparseRows {
  readonly rowCount: number
  readonly starts: Uint32Array
  readonly slots: Uint32Array
  /** The vector of each slot, for models that have vectors. */
  readonly vectors: Uint32Array
  readonly values: Float32Array
}

/**
 * Ids are on with 1, those of a history of n with 1 / √n each (Koren 2008: so that long histories
 * don't drown the rest), numbers with their standardised value.
 *
 * Throws `invalid_argument` for rows that are not of these fields.
 */
export function sparseRows(rows: Rows, slots: Slots, scales: Scales): SparseRows {
  const { rowCount } = rows
  const columns = columnsOf(rows, slots.fields)
  const starts = new Uint32Array(rowCount + 1)
  const most = rowCount * slots.widthMost
  const sparse = {
    rowCount,
    starts,
    slots: new Uint32Array(most),
    vectors: new Uint32Array(most),
    values: new Float32Array(most),
  }
  let end = 0
  const add = (field: number, id: number, value: number): void => {
    sparse.slots[end] = slots.starts[field]! + id
    sparse.vectors[end] = slots.vectors[field]! + id
    sparse.values[end] = value
    end++
  }
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < columns.length; index++) {
      const [field, column] = [slots.fields[index]!, columns[index]!]
      if (field.kind === 'sequence') {
        const from = column.length === field.length ? 0 : row * field.length
        const share = shareOf(column, from, field.length)
        for (let place = from; place < from + field.length; place++) {
          if (column[place] !== 0) add(index, column[place]!, share)
        }
        continue
      }
      const value = column[column.length === 1 ? 0 : row]!
      if (field.kind === 'category') add(index, value, 1)
      else if (Number.isFinite(value))
        add(index, 0, (value - scales.mean[index]!) * scales.factor[index]!)
      else add(index, 1, 1)
    }
    starts[row + 1] = end
  }
  return {
    ...sparse,
    slots: sparse.slots.subarray(0, end),
    vectors: sparse.vectors.subarray(0, end),
    values: sparse.values.subarray(0, end),
  }
}

/** 1 / √(ids in the history); 0 for an empty one. */
export function shareOf(column: ArrayLike<number>, from: number, length: number): number {
  let count = 0
  for (let place = from; place < from + length; place++) if (column[place] !== 0) count++
  return count === 0 ? 0 : 1 / Math.sqrt(count)
}
