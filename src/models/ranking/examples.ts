import { invalid } from '../../error.ts'
import { type Field, widthOf } from './field.ts'
import { columnsOf, type Examples } from './rows.ts'

/**
 * Throws `invalid_argument` for no rows, columns that are not of the fields, heads without a finite
 * label per row, and weights that are not finite and >= 0, or all 0.
 */
export function checkExamples(
  examples: Examples,
  fields: readonly Field[],
  heads: readonly string[],
): void {
  const { rowCount, labels, weights } = examples
  if (!(Number.isInteger(rowCount) && rowCount >= 1))
    throw invalid('rowCount', `${rowCount} must be a whole number >= 1: there is nothing to learn`)
  columnsOf(examples, fields)
  for (const head of heads) {
    const column = labels.get(head)
    if (column === undefined) throw invalid(`labels.${head}`, 'is missing')
    checkColumn(`labels.${head}`, column, rowCount, Number.NEGATIVE_INFINITY)
  }
  if (weights === undefined) return
  checkColumn('weights', weights, rowCount, 0)
  if (weights.every((weight) => weight === 0)) throw invalid('weights', 'must not all be 0')
}

function checkColumn(name: string, column: Float32Array, rowCount: number, least: number): void {
  if (column.length !== rowCount)
    throw invalid(name, `holds ${column.length} values where there must be ${rowCount}`)
  const place = column.findIndex((value) => !(Number.isFinite(value) && value >= least))
  if (place < 0) return
  throw invalid(
    `${name}[${place}]`,
    `${column[place]} must be finite${least === 0 ? ' and >= 0' : ''}`,
  )
}

/**
 * Some rows, in the order given, with their labels, weights and positions; what holds for every row
 * still does. Groups are not kept: rows that are picked need not stand together.
 */
export function examplesAt(
  examples: Examples,
  fields: readonly Field[],
  rows: Uint32Array,
): Examples {
  const columns = new Map(examples.columns)
  for (const field of fields) {
    const column = examples.columns.get(field.name)
    const width = widthOf(field)
    if (column?.length !== width * examples.rowCount) continue
    columns.set(field.name, picked(column, rows, width))
  }
  const { weights, positions } = examples
  return {
    rowCount: rows.length,
    columns,
    labels: new Map([...examples.labels].map(([head, values]) => [head, picked(values, rows)])),
    ...(weights && { weights: picked(weights, rows) }),
    ...(positions && { positions: picked(positions, rows) }),
  }
}

/** `width` values for each of some rows. */
export function picked<A extends Float32Array | Uint32Array>(
  column: A,
  rows: Uint32Array,
  width = 1,
): A {
  const { length } = rows
  const values =
    column instanceof Float32Array
      ? new Float32Array(length * width)
      : new Uint32Array(length * width)
  let to = 0
  for (const row of rows)
    for (let at = row * width; at < (row + 1) * width; at++) values[to++] = column[at]!
  // Of the same kind as what was given, which no type can tell.
  return values as A
}
