import type { Timestamp } from '../../events/clock.ts'
import type { ItemId, UserId } from '../../events/event.ts'

/** What is prepared before it is asked for, and who may prepare how much. */
export interface Nearline {
  /** What waits to be shown to a user. */
  waiting(request: WaitingRequest): Promise<WaitingView>
  /** Which writers put how much into the queues, and what they were denied. */
  grants(): Promise<readonly GrantView[]>
}

export interface WaitingRequest {
  readonly user: UserId
  readonly scene: string
  readonly channel?: string
}

export interface WaitingView {
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly lastBatch: number
  readonly lastAt?: Timestamp
  readonly offeredAt?: Timestamp
  /** Best first. */
  readonly entries: readonly {
    readonly item: ItemId
    readonly score: number
    readonly writer: string
    readonly sources: readonly string[]
    readonly model: string
    readonly expiresAt: Timestamp
  }[]
}

export interface GrantView {
  readonly writer: string
  readonly scene: string
  readonly segment: string
  readonly asked: number
  readonly granted: number
  /** Entries denied, by reason. */
  readonly denied: Readonly<Record<string, number>>
  readonly lastGrantedAt?: Timestamp
}

/** What whoever fills queues behind the log has done since the engine was opened. */
export interface NearlineView {
  /** Pages that were prepared when they were asked for. */
  readonly prepared: number
  /** Pages that a recipe made in the request, because nothing waited. */
  readonly made: number
  /** Common pages, because too many recipes ran in requests. */
  readonly common: number
  /** Recipes that run in requests just now. */
  readonly dryRuns: number
  /** Feeds that wait for their run, and those under way. */
  readonly pending: number
  readonly running: number
  readonly runs: number
  /** Feeds that were left to the requests because too many waited. */
  readonly dropped: number
  readonly failures: number
  /** From what a user did to what waits knowing of it, in ms. */
  readonly freshness: { readonly count: number; readonly p50: number; readonly p95: number }
}
