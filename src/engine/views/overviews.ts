import type { Timestamp } from '../../events/clock.ts'
import type { ItemId, UserId } from '../../events/event.ts'
import type { Portrait, Taste } from '../../state/portrait.ts'
import type { ItemView, Page, PastAction } from './pages.ts'

/** All that a page about one item, or about one user, shows: one question each. */
export interface ItemOverviewRequest {
  readonly item: ItemId
  readonly user?: UserId
  /** Similar items, 0 to 100; 12 unless told. */
  readonly similar?: number
  /** Fans to name, 0 to 20; 0 unless told. */
  readonly audience?: number
}

export interface ItemOverview {
  readonly item: ItemView
  readonly statistics: ItemStatistics
  /** Absent where none were asked for. */
  readonly similar?: Page
  /** Who rated it highest, or likes it; the newest first among equals. */
  readonly audience: readonly FanView[]
  /** What the user did with it, newest first. */
  readonly yours: readonly PastAction[]
}

export interface ItemStatistics {
  readonly impressions: number
  readonly clicks: number
  /** Likes that stand. */
  readonly likes: number
  /** Users whose rating of it stands. */
  readonly ratings: number
  /** Of the ratings, where there are any. */
  readonly average?: number
  /** Ratings by half stars: 0.5, 1, 1.5 … 5. */
  readonly histogram: readonly number[]
}

export interface FanView {
  readonly user: UserId
  /** Their rating; absent where they said no more than that they like it. */
  readonly value?: number
  readonly at: Timestamp
}

export interface UserOverviewRequest {
  readonly user: UserId
  /** Deeds to tell, 0 to 1000; 50 unless told. */
  readonly history?: number
  /** Recommended items, 0 to 100; 32 unless told. */
  readonly recommended?: number
  /** Which ranker orders them, as in a feed. */
  readonly model?: string
}

export interface UserOverview {
  readonly user: UserId
  readonly statistics: Omit<Portrait, 'tastes'> & {
    readonly tastes: readonly (Taste & { readonly attribute: string })[]
  }
  /** Newest first, with the items. */
  readonly history: readonly PastAction[]
  /** Absent where none were asked for. */
  readonly recommended?: Page
}
