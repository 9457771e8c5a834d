import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StarlingError } from '../../error.ts'
import { manualClock } from '../clock.ts'
import type { Event } from '../event.ts'
import type { LoggedEvent, Offset } from '../log/event-log.ts'
import { memoryLog } from '../log/memory-log.ts'
import { openConsumer } from './consumer.ts'
import type { Sink } from './sink.ts'

const startAt = 1_700_000_000_000

function deeds(count: number, from = 0): readonly Event[] {
  return Array.from({ length: count }, (_, index): Event => {
    const id = `e${from + index}`
    return { type: 'user', id, at: startAt + (from + index) * 1_000, user: 'u', attributes: {} }
  })
}

/** A sink that keeps offsets; `before` may refuse a batch or hold it up. */
function keeping(before: (events: readonly LoggedEvent[]) => unknown = () => undefined) {
  const taken: Offset[] = []
  const sink: Sink & { readonly taken: readonly Offset[] } = {
    taken,
    get checkpoint() {
      return taken.length
    },
    async take(events) {
      await before(events)
      taken.push(...events.map(({ offset }) => offset))
    },
  }
  return sink
}

const group = { group: 'lake', description: 'Rows of facts.', pauseMs: 1 }

describe('a consumer', () => {
  it('takes all that was there and all that comes, each once and in order', async () => {
    await using log = memoryLog(deeds(2_500))
    const sink = keeping()
    await using consumer = openConsumer({ ...group, log, sink, clock: manualClock(startAt) })
    await consumer.caughtUp()
    await log.append(deeds(3, 2_500))
    await consumer.caughtUp()
    assert.deepEqual(
      sink.taken,
      Array.from({ length: 2_503 }, (_, offset) => offset),
    )
  })

  it('goes on from where the checkpoint of its sink stands', async () => {
    await using log = memoryLog(deeds(10))
    const first: Offset[] = []
    const sink: Sink = {
      checkpoint: 7,
      async take(events) {
        first.push(...events.map(({ offset }) => offset))
      },
    }
    await using consumer = openConsumer({ ...group, log, sink, clock: manualClock(startAt) })
    await consumer.caughtUp()
    assert.deepEqual(first, [7, 8, 9])
  })

  it('tells a failure, tries the same batch again and passes over nothing', async () => {
    await using log = memoryLog(deeds(5))
    const shown: (string | undefined)[] = []
    const troubles: unknown[] = []
    let refusals = 3
    const sink = keeping(() => {
      shown.push(consumer.status().failure)
      if (refusals-- > 0) throw new Error(`no room, ${refusals} to go`)
    })
    const onTrouble = (error: unknown) => troubles.push(error)
    const clock = manualClock(startAt)
    await using consumer = openConsumer({ ...group, log, sink, clock, onTrouble })
    await consumer.caughtUp()
    assert.deepEqual(sink.taken, [0, 1, 2, 3, 4])
    assert.deepEqual(
      shown.slice(1),
      [2, 1, 0].map((left) => `no room, ${left} to go`),
    )
    assert.equal(troubles.length, 3)
    assert.equal(consumer.status().failure, undefined)
  })

  it('lags behind a slow sink, says that it is held, and how old the next event is', async () => {
    await using log = memoryLog(deeds(5))
    const clock = manualClock(startAt + 60_000)
    let release = (): void => undefined
    const sink = keeping(() => new Promise<void>((resolve) => (release = resolve)))
    await using consumer = openConsumer({ ...group, log, sink, clock })
    await new Promise((resolve) => setImmediate(resolve))
    await log.append(deeds(2, 5))
    assert.equal(consumer.status().held, false)
    clock.advance(2_000)
    const { held, position, head, lag, lagMs, checkpoint, members } = consumer.status()
    assert.deepEqual(
      { held, position, head, lag, lagMs, checkpoint },
      {
        ...{ held: true, position: 0, head: 7, lag: 7, lagMs: 62_000, checkpoint: 0 },
      },
    )
    assert.deepEqual(members, [{ member: 'engine', partitions: [0], position: 0, lag: 7 }])
    const done = consumer.caughtUp()
    release()
    await new Promise((resolve) => setImmediate(resolve))
    release()
    await done
    const after = consumer.status()
    assert.deepEqual([after.held, after.lag, after.lagMs, after.checkpoint], [false, 0, 0, 7])
    assert.equal(after.checkpointAt, clock.now())
    assert.ok(after.eventsPerSecond > 3 && after.eventsPerSecond < 4, `${after.eventsPerSecond}`)
  })

  it('says that the log no longer holds what comes next, and loses nothing quietly', async () => {
    await using log = memoryLog(deeds(10))
    await log.trim(4)
    const sink = keeping()
    const troubles: unknown[] = []
    const onTrouble = (error: unknown) => troubles.push(error)
    const clock = manualClock(startAt)
    await using consumer = openConsumer({ ...group, log, sink, clock, onTrouble })
    while (troubles.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    assert.match(consumer.status().failure ?? '', /data_loss/)
    assert.deepEqual(sink.taken, [])
  })

  it('tells who still waits that it was closed', async () => {
    await using log = memoryLog(deeds(3))
    const sink = keeping(() => {
      throw new Error('never')
    })
    const consumer = openConsumer({ ...group, log, sink, clock: manualClock(startAt) })
    const waiting = assert.rejects(
      consumer.caughtUp(),
      (error) => error instanceof StarlingError && error.code === 'canceled',
    )
    await consumer[Symbol.asyncDispose]()
    await waiting
    await assert.rejects(consumer.caughtUp(), /canceled/)
    assert.deepEqual(sink.taken, [])
  })
})
