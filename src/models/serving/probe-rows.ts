import { type Field, widthOf } from '../ranking/field.ts'
import type { Rows } from '../ranking/rows.ts'

/**
 * Rows of known words and zeros, to see that a model takes rows of these fields. The word is the
 * last one: one that the model has no room for is found here, and not by a request.
 *
 * @param isShared fields whose value holds for all rows
 */
export function probeRows(
  fields: readonly Field[],
  rowCount: number,
  isShared: (field: Field) => boolean = () => false,
): Rows {
  const columns = new Map<string, Float32Array | Uint32Array>()
  for (const field of fields) {
    const size = (isShared(field) ? 1 : rowCount) * widthOf(field)
    const isNumber = field.kind === 'number'
    const column = isNumber ? new Float32Array(size) : new Uint32Array(size).fill(field.size - 1)
    columns.set(field.name, column)
  }
  return { rowCount, columns }
}
