import type { Event } from '../event.ts'

/** The place of an event in the log: 0 for the first, and no gaps. */
export type Offset = number

export interface LoggedEvent {
  readonly offset: Offset
  /** `undefined` where the event was erased: its place is kept, its content is gone. */
  readonly event: Event | undefined
}

/** What whoever appends promises of the events. */
export interface Manner {
  /**
   * Nobody changes them any more, and they are what JSON can say: those who follow may be given the
   * very same objects, where each would be written and read once more for them otherwise.
   */
  readonly settled?: boolean
}

/** The append-only record of all that happened. Everything else can be rebuilt from it. */
export interface EventLog extends AsyncDisposable {
  /** The oldest offset still kept; equal to `head` where the log is empty. */
  readonly tail: Offset

  /** The offset that the next event will get. */
  readonly head: Offset

  /** Size of all that is kept, on its medium. */
  readonly sizeBytes: number

  /**
   * Appends all of the events or none, and resolves with the offset of the first once all are
   * durable. Promises resolve in the order of their offsets, so a reader of the results sees the
   * log's own order. Rejects with `unavailable` where the medium refuses (disk full, I/O error);
   * nothing of a rejected batch is ever read back.
   */
  append(events: readonly Event[], manner?: Manner): Promise<Offset>

  /**
   * Yields bounded batches, in order, from `from` up to the head as it stood when reading began.
   * Rejects with `data_loss` where `from` lies before `tail`, or a record that was once durable
   * no longer matches its checksum.
   */
  read(from: Offset): AsyncIterable<readonly LoggedEvent[]>

  /** Like `read`, and then goes on with what is appended, until the signal aborts. */
  follow(from: Offset, signal: AbortSignal): AsyncIterable<readonly LoggedEvent[]>

  /** Forgets whole segments that lie before `before`. Returns the new tail. */
  trim(before: Offset): Promise<Offset>

  /**
   * Rewrites history without the events that `erase` names; their offsets stay, empty. Returns how
   * many were erased. A crash in between leaves the old or the new form of each segment, whole.
   */
  erase(erase: (event: Event) => boolean): Promise<number>
}
