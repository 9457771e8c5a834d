import type { Timestamp } from '../../../events/clock.ts'
import type { Parameter } from '../lake-reader.ts'

/** One row per thing that happened, as a relation over the tables of the lake. */
export interface Fact {
  readonly name: FactName
  /** What stands behind FROM; it is called `f`. */
  relation(scope: Scope): string
  readonly dimensions: Readonly<Record<string, Dimension>>
  /** By name: what dimensions and measures may ask for besides, joined only where they do. */
  readonly joins?: Readonly<Record<string, Join>>
  /** True where it is the same at all times: the catalogue. What it lacks is then ignored. */
  readonly timeless?: true
  /** Has it an `item`, whose attributes are dimensions then? The same for users. */
  readonly hasItem?: true
  readonly hasUser?: true
}

export type FactName =
  | 'actions'
  | 'slots'
  | 'pages'
  | 'lists'
  | 'repeats'
  | 'knowledge'
  | 'runs'
  | 'offers'
  | 'catalogue'
  | 'comers'
  | 'deeds'

export interface Dimension {
  readonly description: string
  /** A text over `f`, '' where there is none; a list of texts where `many`. */
  readonly sql: string
  /** True where a row may stand in several slices: it counts in each. */
  readonly many?: true
  readonly join?: string
}

export interface Join {
  /** The whole clause. */
  sql(scope: Scope): string
  /** What it adds to the row, as `alias.column AS name`. */
  readonly columns?: string
}

/** What a relation may depend on. All that came from outside goes through `bind`. */
export interface Scope {
  readonly from: Timestamp
  readonly to: Timestamp
  readonly now: Timestamp
  /** True for an action that speaks for the item: SQL over the columns `action` and `value`. */
  success(): string
  /** The attribute whose first tag says what kind of item it is. */
  readonly kindAttribute: string
  /** Keeps a value beside the SQL, and says how the SQL names it. */
  bind(value: Parameter): string
}

/** A moment as SQL: made of a checked number, so that files outside the span are not even read. */
export function moment(at: Timestamp): string {
  return `TIMESTAMP '${new Date(at).toISOString().slice(0, -1)}'`
}

export function within(column: string, { from, to }: Pick<Scope, 'from' | 'to'>): string {
  return `${column} >= ${moment(from)} AND ${column} < ${moment(to)}`
}
