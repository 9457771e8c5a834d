import type { Timestamp } from '../events/clock.ts'
import type { Json, UserId } from '../events/event.ts'
import type { Offset } from '../events/log/event-log.ts'
import type { Sink } from '../events/streams/sink.ts'
import type { TableName } from './tables.ts'

/**
 * All that happened, at rest: tables in files by the hour, and SQL over them and over what is newer
 * than the files.
 */
export interface Lake extends AsyncDisposable {
  /** Where a consumer puts the events of the log. */
  readonly sink: Sink

  /**
   * Takes rows that no event tells: what a recipe did. They may be lost with the process, within
   * a minute.
   */
  keep(rows: readonly TableRow[]): void

  /**
   * Read-only SQL over all rows taken so far. Rejects with `invalid_argument` and the words of the
   * database where it cannot be answered, `deadline_exceeded` where it takes too long, and
   * `resource_exhausted` where it needs more memory than there is, its answer is larger than it may
   * be, or too many others wait.
   */
  query(question: Question): Promise<Answer>

  /** What is kept, and where. Asks no database. */
  extent(): readonly TableExtent[]

  /** When the newest event happened that was taken. */
  readonly newest: Timestamp | undefined

  /** Writes all that was taken to files. */
  flush(): Promise<void>

  /** Merges small files, and forgets what is older, or more, than is to be kept. */
  tend(): Promise<void>

  /**
   * Removes all rows of the users that come of events before the offset, and those of no event,
   * from memory and files. Resolves when no file holds them any more.
   */
  forget(users: ReadonlySet<UserId>, before: Offset): Promise<Forgotten>

  /**
   * Ends what is under way before its time; what is taken from then on is refused with `canceled`.
   * Dispose the lake afterwards: that writes what no event tells, and the rest comes from the log.
   */
  stop(): void
}

export interface TableRow {
  readonly table: TableName
  readonly row: Row
}

/**
 * Values by column: what it lacks, is null. Times are milliseconds. Columns that the table calls
 * `several` hold a list, of one length in all of them.
 */
export interface Row {
  readonly at: Timestamp
  readonly [column: string]: Json | undefined
}

export interface Question {
  readonly sql: string
  /** For the `$1`, `$2` of the SQL. */
  readonly values?: readonly (string | number | boolean | null)[]
  /** 1,000 unless told. */
  readonly rowsMax?: number
  /** 10,000 unless told. */
  readonly timeoutMs?: number
  /** The most that the rows may be as JSON, in characters; not bounded unless told. */
  readonly sizeMax?: number
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Whole numbers beyond 2^53 are strings, times ISO 8601, maps objects. */
  readonly rows: readonly (readonly Json[])[]
  /** There were more rows than were asked for. */
  readonly truncated: boolean
  readonly durationMs: number
}

export interface TableExtent {
  readonly table: TableName
  readonly rows: number
  readonly files: number
  readonly bytes: number
  readonly from?: Timestamp
  readonly to?: Timestamp
}

export interface Forgotten {
  readonly rows: number
  readonly files: number
}
