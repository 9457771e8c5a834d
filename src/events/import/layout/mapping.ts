import type { Action } from '../../event.ts'

/** What a file brings. */
export type Kind = 'items' | 'users' | 'events'

/**
 * What a column can mean; the names are those of the API's fields. Scene and channel are not among
 * them: an event knows those by the page that showed the item, and files know no pages.
 */
export const roles = [
  'id',
  'type',
  'user',
  'item',
  'at',
  'value',
  'text',
  'channels',
  'availableFrom',
  'availableUntil',
] as const

export type Role = (typeof roles)[number]

/**
 * What the columns mean, where their names do not say: role → column, such as
 * `{ item: 'sku', at: 'ts' }`. It holds for all the files of an import.
 */
export type Mapping = { readonly [R in Role]?: string } & {
  /** What the files bring, where the columns leave it open. */
  readonly kind?: Kind
  /** What was done, in event files without a column that says it. */
  readonly action?: Action
  /** Columns that are left aside. */
  readonly ignore?: readonly string[]
}
