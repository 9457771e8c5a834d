import { StarlingError } from '../../../error.ts'
import type { Event } from '../../event.ts'
import type { Manner, Offset } from '../event-log.ts'
import { type Group, group } from '../frames/group.ts'
import { mediumFailure } from '../medium/failure.ts'
import type { RecentAppend } from './recent-groups.ts'
import type { Segments } from './segment.ts'
import type { SegmentTail } from './segment-tail.ts'

/** Gathers appends into groups: those that arrive while a write is under way share the next. */
export interface GroupWriter {
  append(events: readonly Event[], manner?: Manner): Promise<Offset>
  /** Resolves when all appends have been written or refused. */
  idle(): Promise<void>
}

interface Waiter {
  readonly events: readonly Event[]
  readonly isSettled: boolean
  /** Where its frames lie in the group. */
  readonly from: number
  readonly to: number
  resolve(first: Offset): void
  reject(reason: unknown): void
}

interface Batch {
  readonly group: Group
  waiters: Waiter[]
}

/**
 * `appended` is called when events have become readable, with the offset of the first and what was
 * appended; its frames are valid until it returns.
 */
export function groupWriter(
  segments: Segments,
  tail: SegmentTail,
  queueBytes: number,
  appended: (first: Offset, appends: readonly RecentAppend[]) => void,
): GroupWriter {
  // Two buffers take turns: one is being written, the other being filled.
  let filling: Batch = { group: group(), waiters: [] }
  let spare: Batch = { group: group(), waiters: [] }
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (filling.waiters.length > 0) {
      // All who append in this turn of the event loop, such as those whom the last write woke.
      await new Promise(setImmediate)
      const batch = filling
      filling = spare
      await commit(batch)
      batch.group.clear()
      batch.waiters = []
      spare = batch
    }
    running = undefined
  }

  async function commit({ group, waiters }: Batch): Promise<void> {
    try {
      await tail.write(group)
    } catch (error) {
      const reason = mediumFailure(`cannot append to the log in ${segments.folder}`, error)
      for (const waiter of waiters) waiter.reject(reason)
      return
    }
    let first = segments.list.at(-1)!.end - group.eventCount
    const { bytes } = group
    if (group.eventCount > 0) {
      appended(
        first,
        waiters.map(({ events, isSettled, from, to }) => {
          return { events, isSettled, frames: bytes.subarray(from, to) }
        }),
      )
    }
    for (const { events, resolve } of waiters) {
      resolve(first)
      first += events.length
    }
  }

  /** Where its frames begin. */
  function admit(events: readonly Event[]): number {
    const { eventCount, sizeBytes: waiting } = filling.group
    if (eventCount > 0 && waiting >= queueBytes) {
      const message = `${waiting} bytes wait to be written; at most ${queueBytes} may`
      throw new StarlingError('resource_exhausted', message)
    }
    filling.group.add(events)
    return waiting
  }

  return {
    append: (events, { settled: isSettled = false } = {}) =>
      new Promise((resolve, reject) => {
        const from = admit(events)
        const to = filling.group.sizeBytes
        filling.waiters.push({ events, isSettled, from, to, resolve, reject })
        running ??= run()
      }),
    idle: async () => running,
  }
}
