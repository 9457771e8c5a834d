import type { Timestamp } from '../../events/clock.ts'
import type { BatchId, Delivery, RequestId, UserId } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'

/** Whose feed, and where it is shown. */
export interface FeedKey {
  readonly user: UserId
  readonly scene: string
  /** '' for the scene as a whole. */
  readonly channel: string
}

/**
 * The pages of every user: what waits to be shown and what was shown. Two levels: pages are taken
 * from the front, the rest waits behind it.
 *
 * One page is one atomic step: the entries leave the queue, become a batch with the next number,
 * and count as seen in all scenes; two devices asking at once get two different pages. What `take`
 * resolved with survives a crash.
 */
export interface FeedQueue {
  /** Takes the best entries that fit. See `Take`. */
  take(take: Take): Promise<Taken>

  /**
   * Puts entries behind those that wait (or in their place), without showing any: as many as the
   * writer is granted.
   */
  offer(key: FeedKey, offer: Offer, at: Timestamp): Promise<Put>

  /** A page as it was shown; `undefined` where there is none, or it is older than 90 days. */
  batch(key: FeedKey, batch: BatchId, at: Timestamp): Promise<Batch | undefined>

  /** The newest page's number; 0 where none was shown. */
  newest(key: FeedKey): Promise<BatchId>

  /** The page that a request was answered with. */
  byRequest(request: RequestId, at: Timestamp): Promise<Batch | undefined>

  /** Does work while no page of the user is taken: what decides whose pages they are. */
  alone<T>(user: UserId, work: () => Promise<T>): Promise<T>
}

export interface Offer {
  readonly writer: string
  readonly entries: readonly Entry[]
  readonly replace: boolean
  /** The user's pulse when the entries were chosen. */
  readonly pulse: number
  /** True where what the page of the same step does not show is not kept. */
  readonly fleeting?: boolean
  /** What the writer knew, where it follows the log. */
  readonly following?: Following
}

/** How far a writer was that prepares pages behind the log. */
export interface Following {
  /** Through which place of the log it knew all when it chose. */
  readonly through: Offset
  /** Every event before this place has been answered. */
  readonly settled: Offset
  /**
   * The newest page it knew of. Where the feed has fewer by now, it was merged away or erased:
   * nothing is put, and nothing is written of it.
   */
  readonly newest: BatchId
}

/** What became of an offer. */
export interface Put {
  readonly granted: number
  /** Entries denied, by reason. */
  readonly denied: Readonly<Record<string, number>>
}

export interface Take {
  readonly key: FeedKey
  readonly size: number
  readonly at: Timestamp
  readonly request: RequestId
  readonly delivery: Delivery
  readonly recipe: string
  readonly arms: readonly string[]
  /** Put into the queue in the same step, before the page is taken. */
  readonly offers: readonly Offer[]
  /**
   * Judged at the moment of taking: `skip` leaves the entry waiting, `drop` removes it for good.
   * What the user has seen or blocked is dropped without being asked about.
   */
  readonly fit: (entry: Entry) => 'show' | 'skip' | 'drop'
  /** Where fewer than `size` fit: take those (true), or take none and say so (false). */
  readonly partial: boolean
  /** Takes none either where what waits was chosen with a smaller pulse than this. */
  readonly pulseMin: number
  /** The page stands beside something: it may repeat what was seen, and does not count as seen. */
  readonly repeatable: boolean
  /** Somebody who follows the log is to prepare what comes after this page. */
  readonly refresh?: boolean
}

/**
 * The page; where nothing fits it has no items, was not recorded, and bears the newest page's
 * number.
 */
export type Taken = Page | { readonly short: Short }

export interface Page {
  readonly batch: Batch
  /** When the newest page before this one was served; undefined where there was none. */
  readonly olderAt: Timestamp | undefined
}

/** Why no page was taken: how many would have fitted, and whether they were out of date. */
export interface Short {
  readonly fitting: number
  readonly stale: boolean
}
