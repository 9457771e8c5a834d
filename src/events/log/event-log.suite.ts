import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { Event } from '../event.ts'
import type { EventLog, LoggedEvent, Offset } from './event-log.ts'
import { collect, hasCode, sampleEvents } from './samples.ts'

type Open = (t: TestContext) => Promise<EventLog>

/** What every event log must do. `open` gives a new, empty one, and clears away after the test. */
export function eventLogSuite(name: string, open: Open): void {
  describe(name, () => {
    appending(open)
    reading(open)
    following(open)
    trimming(open)
    erasing(open)
    closing(open)
  })
}

function logged(events: readonly Event[], from: Offset = 0): LoggedEvent[] {
  return events.map((event, index) => ({ offset: from + index, event }))
}

function appending(open: Open): void {
  test('a new log is empty', async (t) => {
    await using log = await open(t)
    assert.equal(log.tail, 0)
    assert.equal(log.head, 0)
    assert.deepEqual(await collect(log.read(0)), [])
  })

  test('what is appended is read back, in order, with offsets that have no gaps', async (t) => {
    await using log = await open(t)
    const events = sampleEvents(0, 10)
    assert.equal(await log.append(events.slice(0, 3)), 0)
    assert.equal(await log.append(events.slice(3)), 3)
    assert.equal(log.head, 10)
    assert.deepEqual(await collect(log.read(0)), logged(events))
  })

  test('an empty append gets the offset of the next event and moves nothing', async (t) => {
    await using log = await open(t)
    assert.equal(await log.append([]), 0)
    await log.append(sampleEvents(0, 2))
    assert.equal(await log.append([]), 2)
    assert.equal(log.head, 2)
  })

  test('thousands of parallel appends each stay together and resolve in order', async (t) => {
    await using log = await open(t)
    const resolved: Offset[] = []
    const appends = Array.from({ length: 4000 }, async (_, index) => {
      const events = sampleEvents(index * 10, 1 + (index % 4))
      const first = await log.append(events)
      resolved.push(first)
      return { first, events }
    })
    const placed = await Promise.all(appends)
    assert.deepEqual(
      resolved,
      resolved.toSorted((a, b) => a - b),
    )
    const all = await collect(log.read(0))
    assert.equal(all.length, log.head)
    for (const { first, events } of placed) {
      assert.deepEqual(all.slice(first, first + events.length), logged(events, first))
    }
  })

  test('an append with an event that cannot be kept leaves nothing of the others', async (t) => {
    await using log = await open(t)
    const [before, refused, after] = [sampleEvents(0, 3), sampleEvents(10, 2), sampleEvents(20, 3)]
    // No event of ours refuses to become JSON; this stands for what a caller may yet contrive.
    const refusing = Object.assign(sampleEvents(12, 1)[0]!, {
      toJSON: () => {
        throw new Error('no JSON')
      },
    })
    const first = log.append(before)
    const failing = log.append([...refused, refusing])
    const second = log.append(after)
    await assert.rejects(failing, /no JSON/)
    assert.deepEqual([await first, await second], [0, 3])
    assert.deepEqual(await collect(log.read(0)), [...logged(before), ...logged(after, 3)])
  })

  test('texts of all kinds and large events come back unchanged', async (t) => {
    await using log = await open(t)
    const texts = [
      '',
      'Agnès Varda',
      '電影 🎬',
      '\u0000\n"\\',
      '\ud800 alone',
      '\u2028',
      '__proto__',
    ]
    const events: Event[] = [...texts, 'x'.repeat(3_000_000), '語'.repeat(500_000)].map(
      (value, index) => ({ id: `${index}`, at: 0, type: 'parameter', name: value, value, by: '' }),
    )
    await log.append(events)
    assert.deepEqual(await collect(log.read(0)), logged(events))
  })

  test('size grows with what is kept', async (t) => {
    await using log = await open(t)
    const empty = log.sizeBytes
    await log.append(sampleEvents(0, 100))
    assert.ok(log.sizeBytes - empty > 100 * JSON.stringify(sampleEvents(0, 1)[0]).length)
  })
}

function reading(open: Open): void {
  test('reading starts at any offset', async (t) => {
    await using log = await open(t)
    const events = sampleEvents(0, 40)
    for (let at = 0; at < 40; at += 8) await log.append(events.slice(at, at + 8))
    for (let from = 0; from <= 40; from++) {
      assert.deepEqual(await collect(log.read(from)), logged(events.slice(from), from))
    }
  })

  test('batches are bounded and never empty', async (t) => {
    await using log = await open(t)
    await log.append(sampleEvents(0, 5000))
    let read = 0
    for await (const batch of log.read(0)) {
      assert.ok(batch.length > 0 && batch.length <= 1000)
      read += batch.length
    }
    assert.equal(read, 5000)
  })

  test('reading ends at the head as it stood when it began', async (t) => {
    await using log = await open(t)
    await log.append(sampleEvents(0, 5))
    const batches = log.read(0)
    await log.append(sampleEvents(5, 5))
    assert.equal((await collect(batches)).length, 5)
  })

  test('reading from beyond the head, or from no offset, is refused', async (t) => {
    await using log = await open(t)
    await log.append(sampleEvents(0, 2))
    await assert.rejects(collect(log.read(3)), hasCode('data_loss'))
    await assert.rejects(collect(log.read(-1)), hasCode('invalid_argument'))
    await assert.rejects(collect(log.read(0.5)), hasCode('invalid_argument'))
  })
}

function following(open: Open): void {
  test('following yields what is there and then what comes, until the signal aborts', async (t) => {
    await using log = await open(t)
    await log.append(sampleEvents(0, 3))
    const stop = new AbortController()
    const seen: Offset[] = []
    const follower = (async () => {
      for await (const batch of log.follow(1, stop.signal)) {
        for (const { offset } of batch) seen.push(offset)
        if (seen.length === 2) void log.append(sampleEvents(3, 2))
        if (seen.length === 4) void log.append(sampleEvents(5, 1))
        if (seen.length === 5) stop.abort()
      }
    })()
    await follower
    assert.deepEqual(seen, [1, 2, 3, 4, 5])
  })

  test('a follower that waits ends when the signal aborts', async (t) => {
    await using log = await open(t)
    const stop = new AbortController()
    const waiting = collect(log.follow(0, stop.signal))
    await log.append(sampleEvents(0, 1))
    setImmediate(() => stop.abort())
    assert.ok((await waiting).length <= 1)
    assert.deepEqual(await collect(log.follow(0, AbortSignal.abort())), [])
  })

  test('many followers each see every event once while appends go on', async (t) => {
    await using log = await open(t)
    const stop = new AbortController()
    let done = 0
    const followers = Array.from({ length: 5 }, async () => {
      const seen: Offset[] = []
      for await (const batch of log.follow(0, stop.signal)) {
        for (const { offset } of batch) seen.push(offset)
        if (seen.length === 300 && ++done === 5) stop.abort()
      }
      return seen
    })
    for (let n = 0; n < 100; n++) await log.append(sampleEvents(n * 3, 3))
    const expected = Array.from({ length: 300 }, (_, offset) => offset)
    for (const seen of await Promise.all(followers)) assert.deepEqual(seen, expected)
  })

  test('a follower that asks for what is not there is refused', async (t) => {
    await using log = await open(t)
    await assert.rejects(collect(log.follow(1, new AbortController().signal)), hasCode('data_loss'))
  })
}

function trimming(open: Open): void {
  test('trimming forgets nothing from the given offset on, and offsets stay', async (t) => {
    await using log = await open(t)
    const events = sampleEvents(0, 500)
    for (let at = 0; at < 500; at += 50) await log.append(events.slice(at, at + 50))
    for (const before of [0, 1, 120, 499]) {
      const tail = await log.trim(before)
      assert.equal(tail, log.tail)
      assert.ok(tail <= before)
      assert.deepEqual(await collect(log.read(tail)), logged(events.slice(tail), tail))
    }
    assert.equal(await log.append(sampleEvents(500, 1)), 500)
  })

  test('what was trimmed can no longer be read', async (t) => {
    await using log = await open(t)
    for (let at = 0; at < 500; at += 50) await log.append(sampleEvents(at, 50))
    const tail = await log.trim(log.head)
    assert.ok(tail > 0, 'ten appends make more than one segment')
    assert.equal(log.head, 500)
    await assert.rejects(collect(log.read(tail - 1)), hasCode('data_loss'))
  })
}

function erasing(open: Open): void {
  test('erasing empties the named events and keeps all places', async (t) => {
    await using log = await open(t)
    const events = sampleEvents(0, 200)
    for (let at = 0; at < 200; at += 50) await log.append(events.slice(at, at + 50))
    const ofUser = (event: Event): boolean => 'user' in event && event.user === 'u3'
    const expected = logged(events).map(({ offset, event }) => ({
      offset,
      event: event && ofUser(event) ? undefined : event,
    }))
    assert.equal(await log.erase(ofUser), events.filter(ofUser).length)
    assert.equal(await log.erase(ofUser), 0)
    assert.deepEqual(await collect(log.read(0)), expected)
    assert.equal(await log.append(sampleEvents(200, 1)), 200)
    assert.deepEqual(await collect(log.read(190)), [
      ...expected.slice(190),
      ...logged(sampleEvents(200, 1), 200),
    ])
  })

  test('erasing covers appends that were made before it and frees their bytes', async (t) => {
    await using log = await open(t)
    const large: Event = { ...sampleEvents(0, 1)[0]!, type: 'erase', user: 'x'.repeat(100_000) }
    const appended = [log.append([large]), log.append(sampleEvents(1, 1)), log.append([large])]
    assert.equal(await log.erase((event) => event.type === 'erase'), 2)
    await Promise.all(appended)
    assert.ok(log.sizeBytes < 100_000)
    assert.deepEqual(
      (await collect(log.read(0))).map(({ event }) => event?.id),
      [undefined, 'e1', undefined],
    )
  })

  test('appends and reads go on while history is rewritten', async (t) => {
    await using log = await open(t)
    const isOdd = (event: Event): boolean => Number(event.id.slice(1)) % 2 === 1
    const kept = (offset: Offset) => offset % 2 === 0 || offset >= 100
    await log.append(sampleEvents(0, 100))
    const erasing = log.erase((event) => Number(event.id.slice(1)) < 100 && isOdd(event))
    for (let at = 100; at < 300; at += 10) {
      await log.append(sampleEvents(at, 10))
      for (const { offset, event } of await collect(log.read(0))) {
        if (kept(offset)) assert.equal(event?.id, `e${offset}`)
      }
    }
    assert.equal(await erasing, 50)
    const ids = (await collect(log.read(0))).map(({ event }) => event?.id)
    assert.deepEqual(
      ids,
      Array.from({ length: 300 }, (_, n) => (kept(n) ? `e${n}` : undefined)),
    )
  })
}

function closing(open: Open): void {
  test('closing waits for appends under way, refuses later ones, ends followers', async (t) => {
    const log = await open(t)
    const following = collect(log.follow(0, new AbortController().signal))
    const appends = [log.append(sampleEvents(0, 1)), log.append(sampleEvents(1, 1))]
    const closed = log[Symbol.asyncDispose]()
    await assert.rejects(log.append(sampleEvents(2, 1)), hasCode('failed_precondition'))
    assert.deepEqual(await Promise.all(appends), [0, 1])
    await closed
    await following
    await assert.rejects(collect(log.read(0)), hasCode('failed_precondition'))
    await assert.rejects(log.trim(0), hasCode('failed_precondition'))
    await assert.rejects(
      log.erase(() => true),
      hasCode('failed_precondition'),
    )
    await log[Symbol.asyncDispose]()
  })
}
