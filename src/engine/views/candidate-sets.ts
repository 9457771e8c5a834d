import type { Timestamp } from '../../events/clock.ts'
import type { ItemId, Json } from '../../events/event.ts'

/** Libraries of items that recall draws from, kept up to date by the stream. */
export interface CandidateSets {
  candidateSets(): Promise<readonly CandidateSetView[]>
  /** Rejects with `not_found` where no set has the name. */
  candidateSet(request: CandidateSetRequest): Promise<CandidateSetItems>
  /** How an item stands; undefined where nobody described it. */
  itemStanding(item: ItemId): Promise<ItemStanding | undefined>
}

export interface CandidateSetView {
  readonly name: string
  /** newest, hot, velocity, acceleration, random, high-rating, operator. */
  readonly kind: string
  readonly description: string
  /** As declared: hours, capacity, refresh period. */
  readonly settings: Readonly<Record<string, Json>>
  readonly capacity: number
  /** 0: with every event. */
  readonly refreshMs: number
  readonly size: number
  readonly refreshedAt?: Timestamp
}

export interface CandidateSetRequest {
  readonly name: string
  readonly channel?: string
  /** 1 to 1,000; 50 unless told. */
  readonly size?: number
}

export interface CandidateSetItems {
  readonly name: string
  readonly channel: string
  readonly refreshedAt?: Timestamp
  readonly items: readonly { readonly id: ItemId; readonly title: string; readonly score: number }[]
}

export interface ItemStanding {
  readonly item: ItemId
  /** Sums over windows, the narrowest first. */
  readonly windows: readonly {
    readonly hours: number
    readonly counts: Readonly<Record<string, number>>
  }[]
  /** Likes per hour of the last day, oldest first. */
  readonly hourly: readonly number[]
  /** Where it stands in the sets that hold it, best first. */
  readonly sets: readonly {
    readonly name: string
    readonly channel: string
    readonly rank: number
    readonly score: number
  }[]
}
