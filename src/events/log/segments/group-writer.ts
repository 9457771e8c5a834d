import { StarlingError } from '../../../error.ts'
import type { Event } from '../../event.ts'
import type { Offset } from '../event-log.ts'
import { type Group, group } from '../frames/group.ts'
import { mediumFailure } from '../medium/failure.ts'
import type { Segments } from './segment.ts'
import type { SegmentTail } from './segment-tail.ts'

/** Gathers appends into groups: those that arrive while a write is under way share the next. */
export interface GroupWriter {
  append(events: readonly Event[]): Promise<Offset>
  /** Resolves when all appends have been written or refused. */
  idle(): Promise<void>
}

interface Waiter {
  readonly eventCount: number
  resolve(first: Offset): void
  reject(reason: unknown): void
}

interface Batch {
  readonly group: Group
  waiters: Waiter[]
}

/** `appended` is called when events have become readable. */
export function groupWriter(
  segments: Segments,
  tail: SegmentTail,
  queueBytes: number,
  appended: () => void,
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
    for (const waiter of waiters) {
      waiter.resolve(first)
      first += waiter.eventCount
    }
    if (group.eventCount > 0) appended()
  }

  function admit(events: readonly Event[]): void {
    const { eventCount, sizeBytes: waiting } = filling.group
    if (eventCount > 0 && waiting >= queueBytes) {
      const message = `${waiting} bytes wait to be written; at most ${queueBytes} may`
      throw new StarlingError('resource_exhausted', message)
    }
    filling.group.add(events)
  }

  return {
    append: (events) =>
      new Promise((resolve, reject) => {
        admit(events)
        filling.waiters.push({ eventCount: events.length, resolve, reject })
        running ??= run()
      }),
    idle: async () => running,
  }
}
