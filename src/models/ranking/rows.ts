import { invalid } from '../../error.ts'
import { type Field, widthOf } from './field.ts'

/**
 * Rows of features, column by column.
 *
 * A column holds rowCount × width values, row after row; or `width` values alone, which then hold
 * for every row: so what is known of a user is sent once, however many candidates there are. Ids
 * are whole numbers, exact in single precision up to 2^24.
 */
export interface Rows {
  readonly rowCount: number
  readonly columns: ReadonlyMap<string, Float32Array | Uint32Array>
}

/** Rows with what came of them. */
export interface Examples extends Rows {
  /** For each thing to be foretold, by its name: a value per row. For chances 0 or 1. */
  readonly labels: ReadonlyMap<string, Float32Array>
  /** How much each row counts, ≥ 0; 1 each where left out. */
  readonly weights?: Float32Array
  /** Where each list of rows that stood beside one another begins, and the end; ascending. */
  readonly groups?: Uint32Array
  /** The place each row was shown at, from 0. */
  readonly positions?: Uint32Array
}

/**
 * The columns in the order of the fields.
 *
 * Throws `invalid_argument` for a column that is missing, is of another length, or holds an id out
 * of range.
 */
export function columnsOf(
  rows: Rows,
  fields: readonly Field[],
): readonly (Float32Array | Uint32Array)[] {
  return fields.map((field) => {
    const column = rows.columns.get(field.name)
    if (column === undefined) throw invalid(field.name, 'the column is missing')
    const width = widthOf(field)
    if (column.length !== width && column.length !== width * rows.rowCount) {
      const wanted = `${width * rows.rowCount} values, or ${width} for all rows`
      throw invalid(field.name, `${column.length} values were given where there must be ${wanted}`)
    }
    if (field.kind !== 'number') {
      const place = column.findIndex((id) => !(Number.isInteger(id) && id >= 0 && id < field.size))
      if (place >= 0) {
        const message = `${column[place]} must be a whole number from 0 to ${field.size - 1}`
        throw invalid(`${field.name}[${place}]`, message)
      }
    }
    return column
  })
}
