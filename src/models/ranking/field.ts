import { invalid } from '../../error.ts'

/**
 * What one column of a ranker's input holds.
 *
 * - `number`: a value per row, or a vector of them;
 * - `category`: an id below `size` per row, of which 0 stands for the unknown;
 * - `sequence`: `length` such ids per row, the newest last, and 0 where there were fewer.
 *
 * Two columns that name one `table` share their embedding, as a history does with its candidate.
 */
export type Field = NumberField | CategoryField | SequenceField

export interface NumberField extends Named {
  readonly kind: 'number'
  /** Numbers per row, where it is a vector: 1 unless told. */
  readonly length?: number
}

export interface CategoryField extends Named, Embedded {
  readonly kind: 'category'
}

export interface SequenceField extends Named, Embedded {
  readonly kind: 'sequence'
  /** Ids per row, ≥ 1. */
  readonly length: number
}

interface Named {
  readonly name: string
  /** Whom the value tells of: what tells of the user is sent once for all rows of a request. */
  readonly side: 'user' | 'item' | 'context'
}

interface Embedded {
  /** How many ids there are, that of the unknown included: ≥ 1. */
  readonly size: number
  /** Its own name where left out. */
  readonly table?: string
}

/** Values that the field takes per row. */
export const widthOf = (field: Field): number =>
  field.kind === 'category' ? 1 : (field.length ?? 1)

/**
 * Throws `invalid_argument` for names that come twice, sizes and lengths < 1, and tables whose
 * columns don't agree on their size.
 */
export function checkFields(fields: readonly Field[]): void {
  const names = new Set<string>()
  const sizes = new Map<string, number>()
  for (const [index, field] of fields.entries()) {
    const at = `fields[${index}]`
    if (names.has(field.name)) throw invalid(`${at}.name`, `"${field.name}" comes twice`)
    names.add(field.name)
    const width = widthOf(field)
    if (!Number.isInteger(width) || width < 1)
      throw invalid(`${at}.length`, `${width} must be a whole number >= 1`)
    if (field.kind === 'number') continue
    if (!Number.isInteger(field.size) || field.size < 1)
      throw invalid(`${at}.size`, `${field.size} must be a whole number >= 1`)
    const table = field.table ?? field.name
    const size = sizes.get(table) ?? field.size
    if (size !== field.size)
      throw invalid(`${at}.size`, `${field.size} must be ${size}, as elsewhere in table "${table}"`)
    sizes.set(table, size)
  }
}
