import type { Timestamp } from './clock.ts'

// Ids are strings and stay strings: ids above 2^53 exist, and "007" is not 7.
export type UserId = string
export type ItemId = string
export type EventId = string
export type RequestId = string

/**
 * The number of a served page within one user's feed of a scene and channel: 1, 2, 3, without gaps.
 */
export type BatchId = number

/**
 * A fact. Events are appended and never changed: what is wrong is corrected by a later event.
 * The same id twice is one event, so sending again is harmless.
 */
export type Event =
  | ItemEvent
  | WithdrawEvent
  | UserEvent
  | MergeEvent
  | ActionEvent
  | OfferedEvent
  | ServedEvent
  | EraseEvent
  | ParameterEvent
  | ModelEvent

interface Fact {
  readonly id: EventId
  readonly at: Timestamp
}

/** An item appeared or changed. The record is the whole of it: what it lacks, the item lacks. */
export interface ItemEvent extends Fact {
  readonly type: 'item'
  readonly item: ItemId
  readonly record: ItemRecord
}

/** An item was taken away for good, or until it is put again. */
export interface WithdrawEvent extends Fact {
  readonly type: 'withdraw'
  readonly item: ItemId
}

/** We learned something about a user. The attributes replace those known before. */
export interface UserEvent extends Fact {
  readonly type: 'user'
  readonly user: UserId
  readonly attributes: Attributes
}

/** An anonymous user turned out to be a known one: all that `from` did, `into` did. */
export interface MergeEvent extends Fact {
  readonly type: 'merge'
  readonly from: UserId
  readonly into: UserId
}

/** A user did something. `shown` ties it to the page that showed the item. */
export interface ActionEvent extends Fact {
  readonly type: 'action'
  readonly action: Action
  readonly user: UserId
  readonly item?: ItemId
  /**
   * Dwell in ms for read, share played (0..1) for play and swipe-past, stars for rate; 0 for a
   * follow that is taken back.
   */
  readonly value?: number
  /** The words of a comment or a report; for follow, whom ("director:Agnès Varda"). */
  readonly text?: string
  /** Where the caller says it happened; `shown`, where there is one, knows better. */
  readonly scene?: string
  readonly channel?: string
  readonly shown?: Shown
  /** For rerank: the served places of the page's items, in the order in which they stand now. */
  readonly order?: readonly number[]
}

/**
 * Entries were put into a user's queue. Written by us: a queue is a fold of the log like all else.
 */
export interface OfferedEvent extends Fact {
  readonly type: 'offered'
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly writer: string
  readonly entries: readonly QueueEntry[]
  /** True where the entries take the place of all that waited. */
  readonly replace: boolean
  /** The user's pulse when the entries were chosen: a queue that knew less is stale. */
  readonly pulse: number
  /** What was decided of the writer's wish, where there was something to decide. */
  readonly grant?: Grant
  /** Through which place of the log the writer knew all, where it follows the log. */
  readonly through?: number
  /** Every event before this place has been answered, or will be by nobody. */
  readonly settled?: number
}

/** How much of what a writer wanted to put into a queue it could put. */
export interface Grant {
  /** Whose users the rule is for; '' for everyone's. */
  readonly segment: string
  /** Entries it wanted to put. */
  readonly asked: number
  /** Entries it could not put, by reason. */
  readonly denied: Readonly<Record<string, number>>
  /** When the period began that its quota is counted in, and how many it was granted since. */
  readonly since: Timestamp
  readonly used: number
}

/** A page was shown. Written by us: it is what every action is judged against. */
export interface ServedEvent extends Fact {
  readonly type: 'served'
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly request: RequestId
  readonly batch: BatchId
  readonly delivery: Delivery
  readonly recipe: string
  readonly arms: readonly string[]
  readonly items: readonly QueueEntry[]
  /** Entries that waited and were found unfit (seen elsewhere, withdrawn, expired). */
  readonly dropped: readonly ItemId[]
  /**
   * True for pages that stand beside something (similar items): they may repeat, and hide nothing.
   */
  readonly repeatable: boolean
  /** True where somebody who follows the log prepares the pages that come after this one. */
  readonly refresh?: true
}

/** All that is known of a user must go. The log itself is rewritten without them. */
export interface EraseEvent extends Fact {
  readonly type: 'erase'
  readonly user: UserId
}

/** A hot parameter got a new value; the newest of a name is in force. */
export interface ParameterEvent extends Fact {
  readonly type: 'parameter'
  readonly name: string
  readonly value: Json
  readonly by: string
}

/** Something was done about a version of a model. Written by us: who did what, when and why. */
export interface ModelEvent extends Fact {
  readonly type: 'model'
  readonly step: ModelStep
  readonly model: string
  /** 0 where nothing was good enough to become a version. */
  readonly version: number
  readonly by: string
  readonly why: string
  /** Of a shadow the share of requests that are scored, of a canary the share of users served. */
  readonly share?: number
  /** What the step was decided by. */
  readonly figures?: Readonly<Record<string, number>>
  /** What a shadow has counted, for the engine that goes on with it. */
  readonly tally?: Json
}

/**
 * - `held`: it was published, and waits; `promoted`: it may serve from now on;
 * - `refused`: the gate let nothing become a version; `rejected`: the version serves no more;
 * - `rolled-back`: rejected in favour of the one before it;
 * - `shadow`, `canary`: it is tried on a share; `stopped`: it is tried no longer;
 * - `tallied`: so far a shadow has come. Nothing was done: histories pass over it.
 */
export type ModelStep =
  | 'held'
  | 'promoted'
  | 'refused'
  | 'rejected'
  | 'rolled-back'
  | 'shadow'
  | 'canary'
  | 'stopped'
  | 'tallied'

/** An item waiting in a queue or shown on a page, and where it came from. */
export interface QueueEntry {
  readonly item: ItemId
  readonly score: number
  readonly sources: readonly string[]
  /** The run of the recipe that proposed it: the key of its trace. */
  readonly run: RequestId
  readonly model: string
  readonly expiresAt: Timestamp
  /** Who put it there; `mix/part` where a mix took it over. Logs of the first days do not say. */
  readonly writer?: string
}

/** What a tracking token expands to. */
export interface Shown {
  readonly request: RequestId
  readonly batch: BatchId
  /** The place at which the item was served. */
  readonly position: number
  /** The place at which it really stood, where the client says so: it may reorder a page. */
  readonly stood?: number
  readonly scene: string
  readonly channel: string
  readonly arms: readonly string[]
  readonly sources: readonly string[]
  readonly model: string
  readonly servedAt: Timestamp
}

/**
 * How a page came to be: the recipe ran in the request ('now'); the page was waiting, left over
 * from an earlier request ('queued') or prepared by whoever follows the log ('nearline').
 */
export type Delivery = 'now' | 'queued' | 'nearline'

export const actions = [
  'impression',
  'click',
  'read',
  'play',
  'like',
  'unlike',
  'comment',
  'delete-comment',
  'share',
  'collect',
  'rate',
  'report',
  'dislike',
  'swipe-past',
  'follow',
  // The client put the rest of a page into another order: about a page, and no item of it.
  'rerank',
] as const

export type Action = (typeof actions)[number]

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** What an item is: typed attributes, the channels it belongs to, and when it may be shown. */
export interface ItemRecord {
  readonly attributes: Attributes
  readonly channels: readonly string[]
  /** First moment it may be shown, and the default for "how new is it". */
  readonly availableFrom?: Timestamp
  /** First moment it may no longer be shown. */
  readonly availableUntil?: Timestamp
}

export type Attributes = Readonly<Record<string, AttributeValue>>

/** One typed value. The type is decided at the door, and never guessed again inside. */
export type AttributeValue =
  | { readonly number: number }
  | { readonly text: string }
  | { readonly tags: readonly string[] }
  | { readonly time: Timestamp }
  | { readonly geo: { readonly latitude: number; readonly longitude: number } }
  | { readonly vector: readonly number[] }

export type AttributeType = 'number' | 'text' | 'tags' | 'time' | 'geo' | 'vector'

export function attributeType(value: AttributeValue): AttributeType {
  for (const type of ['number', 'text', 'tags', 'time', 'geo'] as const) {
    if (type in value) return type
  }
  return 'vector'
}
