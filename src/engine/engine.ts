import type { Timestamp } from '../events/clock.ts'
import type { Action, Delivery, Event, ItemId, Json, RequestId, UserId } from '../events/event.ts'
import type { Signals } from '../events/signals.ts'
import type { Tracked } from '../feed/tracking/event-door.ts'
import type { Explanation, Fate } from '../insight/explain/explain.ts'
import type { Footing } from '../kernel/linear/preference-step.ts'

export type { Rejection, Tracked } from '../feed/tracking/event-door.ts'
export type {
  Explanation,
  Fate,
  ItemExplanation,
  StageView,
} from '../insight/explain/explain.ts'

/** The whole system. The server, the command line and an embedding program use this and no more. */
export interface Engine extends AsyncDisposable {
  /**
   * Puts items, each as a whole; partial success is visible. `items` are as the API spells them.
   */
  putItems(items: readonly unknown[]): Promise<Tracked>
  item(id: ItemId): Promise<ItemView | undefined>
  /** Resolves with false where no such item is known. */
  withdrawItem(id: ItemId): Promise<boolean>

  putUsers(users: readonly unknown[]): Promise<Tracked>
  user(id: UserId): Promise<UserView | undefined>
  /** Makes the past of an anonymous user that of a known one. */
  mergeUsers(from: UserId, into: UserId): Promise<void>
  /** What the user did with items, newest first. */
  history(id: UserId, limit: number): Promise<readonly PastAction[]>
  /** All that is stored of a user. */
  exportUser(id: UserId): Promise<UserExport>
  eraseUser(id: UserId): Promise<EraseReceipt>

  /** Tells the engine what happened. `events` are outside data; each is judged by itself. */
  track(events: readonly unknown[]): Promise<Tracked>

  /**
   * Records events that are events already, as imports make them: each id once. Tells for each
   * whether it was a repetition.
   */
  record(events: readonly Event[]): Promise<readonly ('new' | 'repeated')[]>

  /** A new page. */
  recommend(request: FeedRequest): Promise<Page>
  /** An older page, exactly as it was shown. */
  older(request: OlderRequest): Promise<Page>
  /**
   * The pages shown to a user, newest first, no newer than `notAfter`: what the time-stamp adapter
   * of system N pages by.
   */
  batches(request: BatchesRequest): Promise<readonly BatchStamp[]>
  similar(request: SimilarRequest): Promise<Page>

  explain(request: RequestId): Promise<Explanation | undefined>
  whyNot(request: { scene: string; user: UserId; item: ItemId }): Promise<Fate>

  parameters(): Promise<readonly ParameterView[]>
  /** Rejects with `invalid_argument` where the value does not fit the parameter's schema. */
  setParameter(name: string, value: Json, by: string): Promise<ParameterView>

  models(): Promise<readonly ModelView[]>
  /** Learns a model anew from the log, in the background, and serves it if it is better. */
  train(model: string, signal?: AbortSignal): Promise<TrainingReport>

  scenes(): readonly SceneView[]
  status(): EngineStatus
}

export interface FeedRequest {
  readonly user: UserId
  readonly scene: string
  readonly channel?: string
  /** 1 to 100; 10 unless told. */
  readonly size?: number
  readonly exclude?: readonly ItemId[]
  /** An expression over item attributes: `genres has "Comedy" and year >= 1990`. */
  readonly filter?: string
  /** Facts of the request itself: device, place, network. */
  readonly context?: Readonly<Record<string, string>>
  /** With the items' attributes in the answer. */
  readonly withItems?: boolean
  /** With what a client needs to reorder what it has not shown yet. */
  readonly withVectors?: boolean
  readonly signal?: AbortSignal
  /** Only items that a contract can carry (system N's ids are int64). */
  readonly fits?: (item: ItemId) => boolean
}

export interface OlderRequest {
  readonly user: UserId
  readonly scene: string
  readonly channel?: string
  /** As a page's `older` gave it, or the number of a batch. */
  readonly cursor: string | number
  readonly withItems?: boolean
}

export interface BatchesRequest {
  readonly user: UserId
  readonly scene: string
  readonly channel?: string
  readonly notAfter?: Timestamp
  /** All that are kept, unless told. */
  readonly limit?: number
}

export interface SimilarRequest {
  readonly item: ItemId
  readonly size?: number
  readonly user?: UserId
  readonly filter?: string
  readonly withItems?: boolean
  readonly fits?: (item: ItemId) => boolean
}

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
}

export interface UserExport {
  readonly user: UserId
  readonly attributes: Readonly<Record<string, Json>>
  /** Every event of the log that concerns the user, ids included, oldest first. */
  readonly events: readonly Json[]
  /** What has been concluded from them: name of the projection → value. */
  readonly state: Readonly<Record<string, Json>>
}

export interface EraseReceipt {
  readonly receipt: string
  readonly erasedAt: Timestamp
  readonly eventsErased: number
  readonly stateRemoved: readonly string[]
  /** Models that had learned from the user, and are retrained. */
  readonly modelsMarked: readonly string[]
}

export interface ParameterView {
  readonly name: string
  readonly value: Json
  readonly version: number
  readonly changedAt?: Timestamp
  readonly by?: string
  readonly description: string
}

export interface ModelView {
  readonly name: string
  readonly version: string
  readonly status: 'serving' | 'ready' | 'training' | 'failed' | 'rejected'
  readonly trainedAt: Timestamp
  readonly metrics: Readonly<Record<string, number>>
  readonly note?: string
}

export interface TrainingReport {
  readonly model: string
  readonly version: string
  readonly promoted: boolean
  readonly reason: string
  readonly metrics: Readonly<Record<string, number>>
  readonly durationMs: number
}

export interface SceneView {
  readonly name: string
  readonly delivery: Delivery
  readonly recipe: string
  readonly description: string
}

export interface EngineStatus {
  /** Items that may be shown now. */
  readonly items: number
  /** Events ever logged. */
  readonly events: number
  readonly logBytes: number
  /** Events appended and not yet in the state. */
  readonly lag: number
  /** What the catalogue is, in words for people, where somebody said. */
  readonly catalogue?: string
}
