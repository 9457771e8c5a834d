import type { Event, ItemId, MergeEvent } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Bytes, Key } from '../store/store.ts'

/** An item's place in every table and column: 0 for the first ever mentioned, and no gaps. */
export type Ordinal = number

/** Parts of a composite key are joined by this; the door lets no control character into an id. */
export const keySeparator = '\u001f'

/** An event on its way into the state. */
export interface Happening {
  readonly offset: Offset
  readonly event: Event
}

/** What was known just before an event: all that `changes` may look at. */
export interface Past {
  /** The ordinal of any item that the event names. */
  ordinal(item: ItemId): Ordinal

  /** A value that `reads` announced for this event. It must not be changed. */
  get<Value>(projection: Projection<Value>, key: Key): Value | undefined
}

/** One value that somebody will ask for. */
export interface Need {
  readonly projection: Projection<unknown>
  readonly key: Key
}

/**
 * A fold of the log: for each key, the value that all events so far amount to.
 *
 * A projection is pure. It sees no clock, no store and no chance, so the same log always yields the
 * same bytes, whether it is read live, replayed for training, or rebuilt after a crash.
 *
 * Folding has two steps so that item-keyed values can follow from what a user did before:
 * `changes` turns an event into changes of keys, and may read the past; `fold` applies one change
 * to one value, and sees nothing else. Where state is spread over machines, the changes are what
 * travels from the user's partition to the item's.
 */
export interface Projection<Value, Change = unknown> {
  /** Unique, kebab-case, without `/`: the prefix of its rows in the store. */
  readonly name: string

  /** Raise it when `fold` changes meaning: the state is then rebuilt from the log. */
  readonly version: number

  /** 'user': every key is a user id, or begins with one and `keySeparator`; erased by prefix. */
  readonly keyBy: 'user' | 'item' | 'other'

  /** What `changes` will look at, fetched in one trip. */
  reads?(event: Event): readonly Need[]

  /** The keys that this event changes, and how; none where the event is no concern of ours. */
  changes(happening: Happening, past: Past): readonly (readonly [Key, Change])[]

  /** The new value; `undefined` deletes the key. May change `value` in place and return it. */
  fold(value: Value | undefined, change: Change): Value | undefined

  /**
   * True where `fold` never looks at the value before: it is not fetched then. A page that was
   * served is a row of its own, and to ask the store whether there is one already would cost as
   * much as to write it.
   */
  readonly replaces?: boolean

  /**
   * True where `fold` leaves the value before as it was, and gives another. What a checkpoint takes
   * is encoded a little at a time then, while other events are folded.
   */
  readonly persistent?: boolean

  encode(value: Value): Bytes
  decode(bytes: Bytes): Value

  /** Whose value it is, where the key does not say: how erasure finds it. */
  owner?(value: Value): string | undefined
}

/** Values fetched in one trip and read without waiting. */
export interface Known {
  get<Value>(projection: Projection<Value>, key: Key): Value | undefined
}

/** A merge of two users; of a user with itself it is none, and must not lose what is known. */
export function joins(event: Event): event is MergeEvent {
  return event.type === 'merge' && event.from !== event.into
}
