import type { Sort } from '../../state/listing/orders.ts'
import type { ItemView } from './pages.ts'

/** Ways through the catalogue that are no recommendation: in order, and by words. */
export interface ListRequest {
  /** An expression over item attributes, as in a feed. */
  readonly filter?: string
  /**
   * Most liked; best rated, few ratings counting as average; newest; by title. `popular` unless
   * told.
   */
  readonly sort?: Sort
  /** 1 to 100; 48 unless told. */
  readonly size?: number
  /** As a list gave it in `next`. */
  readonly after?: string
  /** A tags attribute to count by. */
  readonly facet?: string
}

export interface ItemList {
  readonly items: readonly ListedItem[]
  /** Items that fit, on all pages. */
  readonly total: number
  /** The cursor of the next page; null at the end. */
  readonly next: string | null
  /** Values of the facet among all items that fit, most first; 200 at most. */
  readonly facets: readonly { readonly value: string; readonly count: number }[]
}

export interface ListedItem {
  readonly item: ItemView
  /** Users whose rating of it stands. */
  readonly ratings: number
  /** Of the ratings, where there are any. */
  readonly average?: number
}

export interface SearchRequest {
  /** What was typed: 1 to 256 characters. */
  readonly q: string
  /** 1 to 100; 20 unless told. */
  readonly size?: number
}

export interface Found {
  readonly items: readonly { readonly item: ItemView; readonly score: number }[]
  /** Items that were found, named here or not. */
  readonly total: number
}
