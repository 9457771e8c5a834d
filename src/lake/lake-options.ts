import type { Clock } from '../events/clock.ts'
import type { Offset } from '../events/log/event-log.ts'
import type { Medium } from '../events/log/medium/medium.ts'
import type { LakeBounds } from './files/aging.ts'

export interface LakeOptions {
  readonly folder: string
  readonly clock: Clock
  /** The log that is followed: what it has forgotten cannot be read any more. */
  readonly log: { readonly tail: Offset; readonly head: Offset }
  readonly bounds?: LakeBounds
  /** Memory of the database; 512 unless told. */
  readonly memoryMb?: number
  /** Rows are written to files when there are so many; 20,000 unless told. */
  readonly flushRows?: number
  /** And so often, where there are any: a minute unless told. */
  readonly flushMs?: number
  readonly medium?: Medium
  /** Told what went wrong and was survived. */
  readonly onTrouble?: (error: unknown) => void
}
