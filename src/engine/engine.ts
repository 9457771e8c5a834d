import type { Timestamp } from '../events/clock.ts'
import type { Delivery, Event, ItemId, Json, RequestId, UserId } from '../events/event.ts'
import type { Manner } from '../events/log/event-log.ts'
import type { Tracked } from '../feed/tracking/event-door.ts'
import type { Explanation } from '../insight/explain/explain.ts'
import type { Fate } from '../insight/explain/fate.ts'
import type { Found, ItemList, ListRequest, SearchRequest } from './views/browsing.ts'
import type { CandidateSets } from './views/candidate-sets.ts'
import type { TrainingJobs } from './views/jobs.ts'
import type { LakeDoor } from './views/lake.ts'
import type { Metrics } from './views/metrics.ts'
import type { ModelServing } from './views/model-serving.ts'
import type { Nearline, NearlineView } from './views/nearline.ts'
import type {
  ItemOverview,
  ItemOverviewRequest,
  UserOverview,
  UserOverviewRequest,
} from './views/overviews.ts'
import type { BatchStamp, ItemView, Page, PageItem, PastAction, UserView } from './views/pages.ts'
import type { ParameterDoor } from './views/parameters.ts'
import type { Profiles } from './views/profile.ts'
import type { Releases } from './views/releases.ts'
import type { Streams } from './views/streams.ts'

export type { Rejection, Tracked } from '../feed/tracking/event-door.ts'
export type { Evidence } from '../insight/explain/because.ts'
export type {
  Explanation,
  ItemExplanation,
  RunView,
  StageView,
} from '../insight/explain/explain.ts'
export type { Fate, PageName } from '../insight/explain/fate.ts'
export type { BatchStamp, ItemView, Page, PageItem, PastAction, UserView } from './views/pages.ts'
export type { ParameterView } from './views/parameters.ts'

/** The whole system. The server, the command line and an embedding program use this and no more. */
export interface Engine
  extends AsyncDisposable,
    Profiles,
    CandidateSets,
    Nearline,
    ParameterDoor,
    Streams,
    LakeDoor,
    Metrics,
    ModelServing,
    TrainingJobs,
    Releases {
  /**
   * Puts items, each as a whole; partial success is visible. `items` are as the API spells them.
   */
  putItems(items: readonly unknown[]): Promise<Tracked>
  item(id: ItemId): Promise<ItemView | undefined>
  /** Many at once, in the order of the ids: each once, and those that nobody described not. */
  items(ids: readonly ItemId[]): Promise<readonly ItemView[]>
  /** Resolves with false where no such item is known. */
  withdrawItem(id: ItemId): Promise<boolean>

  /** Items that may be shown now, in an order that is the same for everyone. */
  listItems(request: ListRequest): Promise<ItemList>
  /** Items that may be shown now, by words of their texts and tags. */
  search(request: SearchRequest): Promise<Found>

  putUsers(users: readonly unknown[]): Promise<Tracked>
  user(id: UserId): Promise<UserView | undefined>
  /** Makes the past of an anonymous user that of a known one. */
  mergeUsers(from: UserId, into: UserId): Promise<void>
  /** What the user did with items, newest first; with the items themselves where told. */
  history(id: UserId, limit: number, withItems?: boolean): Promise<readonly PastAction[]>
  /** All that is stored of a user. */
  exportUser(id: UserId): Promise<UserExport>
  eraseUser(id: UserId): Promise<EraseReceipt>

  /** Tells the engine what happened. `events` are outside data; each is judged by itself. */
  track(events: readonly unknown[]): Promise<Tracked>

  /**
   * Records events that are events already, as imports make them: each id once. Tells for each
   * whether it was a repetition.
   */
  record(events: readonly Event[], manner?: Manner): Promise<readonly ('new' | 'repeated')[]>

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
  /** A home page of rows, each about something; recorded as one page of the scene `shelves`. */
  shelves(request: ShelvesRequest): Promise<Shelves>

  /** All that is known of an item; resolves with undefined where nobody described it. */
  itemOverview(request: ItemOverviewRequest): Promise<ItemOverview | undefined>
  /** All that is known of a user, and a page for them; little of one who did nothing yet. */
  userOverview(request: UserOverviewRequest): Promise<UserOverview>
  /** The pages that a person was shown, over all feeds and under all their ids, newest first. */
  recentPages(request: RecentPagesRequest): Promise<readonly PageStamp[]>

  /** Resolves with undefined where no page of the request is kept. */
  explain(request: RequestId, more?: ExplainRequest): Promise<PageExplanation | undefined>
  /** What becomes of an item in the feed of a user now; nothing is shown or recorded. */
  whyNot(request: { scene: string; user: UserId; item: ItemId }): Promise<Fate>

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
  /**
   * Which ranker orders the page, in scenes whose recipe runs in the request: `ranker` (the learned
   * one in force), a version of it (`ranker/3`), `factors` or `popular`.
   */
  readonly model?: string
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

export interface ShelvesRequest {
  readonly user: UserId
  /** A declared tags attribute; `genres` unless told. */
  readonly attribute?: string
  /** How many shelves: 1 to 20; 8 unless told. */
  readonly count?: number
  /** Items on a shelf: 1 to 40; 12 unless told. */
  readonly size?: number
  readonly withItems?: boolean
  readonly signal?: AbortSignal
}

export interface Shelves {
  readonly requestId: RequestId
  readonly servedAt: Timestamp
  /** No item stands on two of them. */
  readonly shelves: readonly Shelf[]
  readonly degraded?: string
}

export interface Shelf {
  /**
   * The best of all; what has a value of the attribute; what goes with an item the user liked.
   */
  readonly kind: 'top' | 'value' | 'beside'
  /** The value that its items share. */
  readonly value?: string
  /** What its items go with. */
  readonly beside?: ItemView
  readonly items: readonly PageItem[]
}

export interface RecentPagesRequest {
  readonly user: UserId
  /** 1 to 500; 20 unless told. */
  readonly size?: number
  /** Only pages of this scene. */
  readonly scene?: string
}

export interface PageStamp {
  readonly requestId: RequestId
  readonly scene: string
  readonly channel: string
  readonly batchId: number
  readonly servedAt: Timestamp
  readonly delivery: Delivery
  readonly itemCount: number
}

export interface ExplainRequest {
  /** An item to tell the fate of, whether it was shown or not. */
  readonly item?: ItemId
  /** With the attributes of the items shown, of the evidence, and of the first hundred lost. */
  readonly withItems?: boolean
}

export interface PageExplanation extends Explanation {
  readonly asked?: Fate
  readonly views?: readonly ItemView[]
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
  /** Rows of the lake, in memory and files. */
  readonly lakeRowsErased: number
  /** Files of the lake that held any, and were written anew without them. */
  readonly lakeFilesRewritten: number
}

export interface ModelView {
  readonly name: string
  readonly version: string
  readonly status: 'serving' | 'ready' | 'held' | 'training' | 'failed' | 'rejected'
  readonly trainedAt: Timestamp
  readonly metrics: Readonly<Record<string, number>>
  readonly note?: string
  /** The place in the log that it has learned through by now, where it is kept up by the minute. */
  readonly through?: number
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
  /** How pages are prepared behind the log. */
  readonly nearline?: NearlineView
}
