import { StarlingError } from '../../error.ts'
import type { Event } from '../event.ts'
import { checkOffset } from './check-offset.ts'
import type { EventLog, LoggedEvent, Offset } from './event-log.ts'
import { eventOf, eventText } from './event-text.ts'
import { bell, follow } from './follow.ts'

/** Events in one batch that `read` yields, at most. */
const batchEvents = 1000

/**
 * An event log that lives and dies with the process, for tests and replays. It keeps JSON as the
 * others do, so that what is read is a copy, and holds no more than would survive on disk.
 */
export function memoryLog(events: readonly Event[] = []): EventLog {
  let records: (string | undefined)[] = events.map(eventText)
  let tail = 0
  const appended = bell()

  function refuseClosed(): void {
    if (appended.silent) throw new StarlingError('failed_precondition', 'the log is closed')
  }

  async function* read(from: Offset, to: Offset): AsyncGenerator<readonly LoggedEvent[]> {
    refuseClosed()
    checkOffset(from, log)
    for (let next = from; next < to; ) {
      if (next < tail) checkOffset(next, log)
      const slice = records.slice(next - tail, Math.min(next + batchEvents, to) - tail)
      yield slice.map((json, index) => ({ offset: next + index, event: parse(json) }))
      next += slice.length
    }
  }

  const log: EventLog = {
    get tail() {
      return tail
    },
    get head() {
      return tail + records.length
    },
    get sizeBytes() {
      return records.reduce((sum, json) => sum + Buffer.byteLength(json ?? ''), 0)
    },
    async append(events) {
      refuseClosed()
      // All are encoded before the first is kept: an event that cannot be leaves no half.
      const encoded = events.map(eventText)
      const first = log.head
      for (const json of encoded) records.push(json)
      appended.ring()
      return first
    },
    read: (from) => read(from, log.head),
    follow: (from, signal) => follow(log, from, appended, signal),
    async trim(before) {
      refuseClosed()
      const dropped = Math.min(Math.max(before - tail, 0), records.length)
      records = records.slice(dropped)
      tail += dropped
      return tail
    },
    async erase(erase) {
      refuseClosed()
      let erased = 0
      for (const [index, json] of records.entries()) {
        const event = parse(json)
        if (event === undefined || !erase(event)) continue
        records[index] = undefined
        erased++
      }
      return erased
    },
    async [Symbol.asyncDispose]() {
      appended.silence()
    },
  }
  return log
}

function parse(json: string | undefined): Event | undefined {
  return json === undefined ? undefined : eventOf(json)
}
