import type { Timestamp } from '../../events/clock.ts'
import type { Action, Delivery, ItemId, Json, RequestId, UserId } from '../../events/event.ts'
import type { Signals } from '../../events/signals.ts'
import type { Footing } from '../../kernel/linear/preference-step.ts'

/** What answers are made of: pages, items and users, as they are told to those who ask. */
export interface Page {
  readonly requestId: RequestId
  readonly batchId: number
  readonly scene: string
  readonly channel: string
  readonly delivery: Delivery | 'history'
  readonly servedAt: Timestamp
  readonly items: readonly PageItem[]
  /** The cursor of the page before this one; null at the end. */
  readonly older: string | null
  /** Which rung of the ladder this page stands on, where it is not the top one, and why. */
  readonly degraded?: string
  /** Where they were asked for, and factors were learned. */
  readonly vectors?: PageVectors
}

/** What the factors in force know of a user and a page, as `kernel/linear/packed-vector.ts`. */
export interface PageVectors extends Footing {
  /** Vectors of different models do not compare. */
  readonly model: string
  readonly dimension: number
  /** All zeros where the user is not known yet. */
  readonly user: string
  /** One per item of the page, in its order; empty where nothing was learned of the item. */
  readonly items: readonly string[]
  /**
   * What a match (the inner product) greater by 1 adds to the log-odds that are an item's score;
   * absent where no ranker has weighed it.
   */
  readonly weight?: number
  /** What actions are worth, where an operator has set it. */
  readonly signals?: Signals
}

export interface PageItem {
  readonly id: ItemId
  readonly position: number
  readonly token: string
  readonly score: number
  readonly sources: readonly string[]
  readonly item?: ItemView
}

export interface BatchStamp {
  readonly batchId: number
  /** Rises strictly from batch to batch of a feed. */
  readonly at: Timestamp
  readonly size: number
}

/** Attributes in plain JSON: numbers, strings, string lists, ISO times, {latitude, longitude}. */
export interface ItemView {
  readonly id: ItemId
  readonly attributes: Readonly<Record<string, Json>>
  readonly channels: readonly string[]
  readonly availableFrom?: Timestamp
  readonly availableUntil?: Timestamp
  readonly withdrawn: boolean
}

export interface UserView {
  readonly id: UserId
  readonly attributes: Readonly<Record<string, Json>>
  readonly mergedInto?: UserId
}

export interface PastAction {
  readonly item: ItemId
  readonly action: Action
  readonly value?: number
  readonly at: Timestamp
  /** The item as it is now, where it was asked for and is known. */
  readonly view?: ItemView
}
