/**
 * Rows as they were read, before any encoding: what is logged as used, so that whoever trains a
 * model of another vocabulary begins with what was known at the time.
 *
 * A column holds `count` values per row, row after row; or `count` values alone, which then hold
 * for every row.
 */
export interface RawRows {
  readonly rowCount: number
  readonly columns: ReadonlyMap<string, RawColumn>
}

/** Numbers, NaN where absent; or names, '' where absent. */
export type RawColumn = Float64Array | readonly string[]

/**
 * Rows of fields as rankers take them (`models/ranking/rows.ts`): `width` values per row, or
 * `width` alone for all of them.
 */
export interface FilledRows {
  readonly rowCount: number
  readonly columns: ReadonlyMap<string, Float32Array | Uint32Array>
}

/** What one column of filled rows holds: a field of a ranker (`models/ranking/field.ts`). */
export type FilledField = {
  readonly name: string
  readonly side: 'user' | 'item' | 'context'
} & (
  | { readonly kind: 'number' }
  | { readonly kind: 'category'; readonly size: number; readonly table?: string }
  | {
      readonly kind: 'sequence'
      readonly size: number
      readonly length: number
      readonly table?: string
    }
)
