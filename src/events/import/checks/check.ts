import type { StarlingError } from '../../../error.ts'
import type { Timestamp } from '../../clock.ts'
import type { Event } from '../../event.ts'
import type { Part, Plan } from '../plan.ts'
import type { Row } from '../table/table.ts'

/** Something that the doctor looks for: it sees every row once, and then says what it found. */
export interface Check {
  /** Rows come file by file: items, then users, then events, each in the file's own order. */
  see(seen: SeenRow): void
  findings(): readonly Finding[]
}

/** A check is made anew for each examination, when the files have been looked at once. */
export type CheckFactory = (plan: Plan, now: Timestamp) => Check

/** A row and what became of it: it is broken, or it was refused, or it is an event. */
export interface SeenRow {
  readonly part: Part
  readonly row: Row
  readonly event?: Event
  readonly refusal?: StarlingError
}

/** An error loses rows or makes learning impossible, a warning makes it worse. */
export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  readonly severity: Severity
  /** A word for programs, such as `unknown-items`. */
  readonly code: string
  /** A sentence for people: what is wrong, and what to do. */
  readonly message: string
  readonly file: string
  /** The first few lines (or rows) concerned; empty where it is the file as a whole. */
  readonly lines: readonly number[]
  /** How many rows are concerned. */
  readonly count: number
}
