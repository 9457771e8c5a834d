import assert from 'node:assert/strict'
import type { EventLog, Offset } from '../../src/events/log/event-log.ts'
import { eventAt, keptEvents, type Line, type Place } from './log-kill-events.ts'

/** What is known of the log from what the children said, and from what was found before. */
export interface Ledger {
  readonly eventCount: number
  readonly acknowledgedCount: number
  /** Takes note of what the present child said. */
  hear(line: Line): void
  /** Compares the log with all that is known, after the child numbered `run` was killed. */
  check(log: EventLog, run: number): Promise<void>
}

export function ledger(): Ledger {
  /** What lies at every offset that was ever found. */
  const places: Place[] = []
  let asked: { batch: number; size: number }[] = []
  const acknowledged = new Map<number, Offset>()
  let acknowledgedCount = 0
  const erasing = new Set<string>()
  /** Users whose events before an offset must be gone. */
  const erased = new Map<string, Offset>()

  /** What the child added must be the first of its appends, whole, in its order. */
  function takeIn(head: Offset, run: number): void {
    while (places.length < head) {
      const first = places.length
      const append = asked.shift()
      assert.ok(append, `offset ${first} holds what nobody appended`)
      const { batch, size } = append
      assert.equal(acknowledged.get(batch) ?? first, first, `append ${run}.${batch} was moved`)
      if (acknowledged.delete(batch)) acknowledgedCount += size
      for (let index = 0; index < size; index++) places.push({ run, batch, index })
    }
    assert.equal(places.length, head, 'a part of an append is kept')
    assert.deepEqual([...acknowledged.keys()], [], `acknowledged by ${run}, and lost`)
    asked = []
  }

  return {
    get eventCount() {
      return places.length
    },
    get acknowledgedCount() {
      return acknowledgedCount
    },
    hear(line) {
      if (line.said === 'appending') asked.push(line)
      if (line.said === 'appended') acknowledged.set(line.batch, line.first)
      if (line.said === 'erasing') erasing.add(line.user)
      if (line.said === 'erased') erased.set(line.user, line.before)
    },
    async check(log, run) {
      takeIn(log.head, run)
      assert.ok(log.tail <= Math.max(0, log.head - keptEvents), 'more was trimmed than was asked')
      let next = log.tail
      for await (const batch of log.read(log.tail)) {
        for (const { offset, event } of batch) {
          assert.equal(offset, next++)
          const expected = eventAt(places[offset]!)
          if (event) assert.deepEqual(event, expected)
          else assert.ok(erasing.has(expected.user), `offset ${offset} was never to be erased`)
          if (offset < (erased.get(expected.user) ?? 0)) assert.equal(event, undefined)
        }
      }
      assert.equal(next, log.head)
    },
  }
}
