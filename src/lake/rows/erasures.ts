import type { UserId } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { TableRow } from '../lake.ts'
import { isOf } from './unfiled.ts'

export interface Erasure {
  readonly users: ReadonlySet<UserId>
  readonly before: Offset
}

/** Erasures of users whose events were read before, and may still be on their way. */
export interface Erasures {
  add(erasure: Erasure): void
  /** The rows that tell of nobody who was erased. */
  without(rows: readonly TableRow[]): readonly TableRow[]
  /** All events before the offset have come. */
  passed(offset: Offset): void
}

export function erasures(): Erasures {
  let known: readonly Erasure[] = []
  return {
    add(erasure) {
      known = [...known, erasure]
    },
    without(rows) {
      if (known.length === 0) return rows
      return rows.filter(({ table, row }) =>
        known.every(({ users, before }) => !isOf(table, row, users, before)),
      )
    },
    passed(offset) {
      known = known.filter(({ before }) => before > offset)
    },
  }
}
