/**
 * Where a column's numbers come from. What tells of items is read from columns in memory, what
 * tells of users from their projections, once per request.
 */
export type NumberSource =
  /** A number or time attribute of the item. */
  | { readonly from: 'item-number'; readonly attribute: string }
  /** A vector attribute; zeros where the item has none. */
  | { readonly from: 'item-vector'; readonly attribute: string; readonly count: number }
  /** Hours since the item became available. */
  | { readonly from: 'item-age' }
  /** How often an action was done with the item, or the sum of a fusion; never below 0. */
  | { readonly from: 'item-deeds'; readonly of: string }
  /** One such figure by another, with some of both given beforehand (additive smoothing). */
  | {
      readonly from: 'item-ratio'
      readonly of: string
      readonly per: string
      readonly before: readonly [of: number, per: number]
    }
  /** Figures of the ratings that the item got. */
  | { readonly from: 'item-ratings'; readonly figure: Figure }
  /** How rare the item's tags are, ln((1 + items) / (1 + items with it)); the rarest first. */
  | { readonly from: 'item-tag-weights'; readonly attribute: string; readonly count: number }
  /** Figures of the user's ratings, the last so many. */
  | { readonly from: 'user-ratings'; readonly figure: Figure; readonly last: number }
  /** Figures of an attribute of the items that the user rated, the last so many. */
  | {
      readonly from: 'user-rated-number'
      readonly attribute: string
      readonly figure: Figure
      readonly last: number
    }
  /** How often the user did an action, or the sum of a fusion; never below 0. */
  | { readonly from: 'user-deeds'; readonly of: string }
  /** A number or time attribute of the user. */
  | { readonly from: 'user-number'; readonly attribute: string }
  /**
   * The weights of what the user cares for by an attribute, heaviest first: in the channel of the
   * request, and where it has none in all of them.
   */
  | { readonly from: 'user-interests'; readonly attribute: string; readonly count: number }
  /** Cosine of the item's vector with the mean vector of what the user liked, the last so many. */
  | { readonly from: 'liked-vector'; readonly attribute: string; readonly last: number }
  /** The time of the request, in UTC: hour 0 to 23, weekday 0 (Monday) to 6. */
  | { readonly from: 'request-time'; readonly part: 'hour' | 'weekday' }
  /** One of the engine's own features, by its name: recall ranks (`rank-nearest`) among them. */
  | { readonly from: 'feature'; readonly name: string }

/** Of no values the count is 0, and all else absent; of one value the deviation is 0. */
export type Figure = 'count' | 'mean' | 'deviation'

/** Where a column's names come from. */
export type NameSource =
  | { readonly from: 'item-id' }
  | { readonly from: 'item-text'; readonly attribute: string }
  /** The item's tags in the order of its record; `channels` is one attribute. */
  | {
      readonly from: 'item-tags'
      readonly attribute: string
      readonly count: number
      /** What is said of an item that has none: a word of its own, and not the unknown. */
      readonly none?: string
    }
  | { readonly from: 'user-id' }
  | { readonly from: 'user-text'; readonly attribute: string }
  /** What the user follows of an attribute ("star:Ana" is followed of `star`), newest first. */
  | { readonly from: 'user-follows'; readonly attribute: string; readonly count: number }
  /** Items of the user's last ratings that were at least so good, newest first. */
  | {
      readonly from: 'user-rated-items'
      readonly count: number
      readonly last: number
      readonly least: number
    }
  /** Items that the user likes by what they did, newest first. */
  | { readonly from: 'user-liked-items'; readonly count: number }
  /** The commonest tags of the items of the user's last ratings that were at least so good. */
  | {
      readonly from: 'user-rated-tags'
      readonly attribute: string
      readonly count: number
      readonly last: number
      readonly least: number
    }
  /** The scene or channel of the request. */
  | { readonly from: 'request'; readonly part: 'scene' | 'channel' }
  /** A fact that the request brings: device, network. Known at the time, and only if logged. */
  | { readonly from: 'request-field'; readonly field: string }

export type Source = NumberSource | NameSource

/** Whom a source tells of. */
export function sideOf({ from }: Source): 'user' | 'item' | 'context' {
  if (from.startsWith('request')) return 'context'
  if (from.startsWith('user')) return 'user'
  // The engine's own features may tell of both, and are filled per row.
  return 'item'
}

/** Values per row. */
export function countOf(source: Source): number {
  return 'count' in source ? source.count : 1
}
