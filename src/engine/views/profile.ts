import type { Timestamp } from '../../events/clock.ts'
import type { Action, ItemId, UserId } from '../../events/event.ts'

/** What a person cares for, as far as what they did tells. */
export interface Profiles {
  /** Little of one who did nothing yet. */
  profile(request: ProfileRequest): Promise<ProfileView>
}

export interface ProfileRequest {
  readonly user: UserId
  /** Only interests within this channel. */
  readonly channel?: string
  /** As of an earlier moment; now unless told. */
  readonly at?: Timestamp
  /** Interests of each kind, 1 to 200; 30 unless told. */
  readonly size?: number
}

export interface ProfileView {
  readonly user: UserId
  /** How often the profile changed: it names what was known. */
  readonly version: number
  readonly updatedAt?: Timestamp
  /** What lasts, heaviest first: by channel ('' for those of items without one). */
  readonly longTerm: readonly InterestView[]
  /** What the session is about, heaviest first. */
  readonly shortTerm: readonly InterestView[]
  readonly session?: {
    readonly startedAt: Timestamp
    readonly lastAt: Timestamp
    readonly actions: number
  }
  /** What pleased last, newest first; at most 100. */
  readonly recentPositives: readonly {
    readonly item: ItemId
    readonly action: Action
    readonly at: Timestamp
    readonly signal: number
  }[]
  readonly statistics: ProfileStatistics
  /** Where the user stands among the items, per model in force. */
  readonly embeddings: readonly { readonly model: string; readonly values: readonly number[] }[]
}

export interface InterestView {
  readonly channel: string
  /** The tags attribute of the topic: genres, keywords. */
  readonly attribute: string
  readonly topic: string
  readonly weight: number
  /** Of the weights of its kind and channel. */
  readonly share: number
  /** The deeds that weigh most in it, heaviest first. */
  readonly because: readonly {
    readonly item: ItemId
    readonly action: Action
    readonly at: Timestamp
    readonly weight: number
  }[]
  /** Where it was said in words: `topic` is what they said, and the attribute may be empty. */
  readonly followedAt?: Timestamp
}

export interface ProfileStatistics {
  readonly actions: Readonly<Record<string, number>>
  readonly activeDays: number
  readonly sessions: number
  readonly firstAt?: Timestamp
  readonly lastAt?: Timestamp
  readonly ratings: number
  readonly ratingMean?: number
  readonly ratingDeviation?: number
}
