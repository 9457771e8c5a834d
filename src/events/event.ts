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
  /** Dwell in ms for read, share played (0..1) for play and swipe-past, stars for rate. */
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

/** An item waiting in a queue or shown on a page, and where it came from. */
export interface QueueEntry {
  readonly item: ItemId
  readonly score: number
  readonly sources: readonly string[]
  /** The run of the recipe that proposed it: the key of its trace. */
  readonly run: RequestId
  readonly model: string
  readonly expiresAt: Timestamp
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

/** How a page came to be: the recipe ran in the request, or the page was waiting. */
export type Delivery = 'now' | 'queued'

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
