import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventLogSuite } from './event-log.suite.ts'
import { crc32 } from './frames/crc32.ts'
import { type Call, faultyMedium } from './medium/faulty-medium.ts'
import type { Medium } from './medium/medium.ts'
import { simulatedMedium } from './medium/simulated-medium.ts'
import { collect, hasCode, sampleEvents } from './samples.ts'
import { openSegmentLog } from './segment-log.ts'

const segmentBytes = 8 * 1024
const folder = '/log'

async function newFolder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'starling-log-'))
  t.after(() => rm(made, { recursive: true, force: true }))
  return made
}

eventLogSuite('segment log on disk', async (t) =>
  openSegmentLog({ folder: await newFolder(t), segmentBytes }),
)

eventLogSuite('segment log on a simulated disk', () =>
  openSegmentLog({ folder, segmentBytes, medium: simulatedMedium() }),
)

/** A medium that counts its operations, and where one can be made to wait. */
function watched(disk: Medium = simulatedMedium()) {
  const counts: Record<string, number> = {}
  let gate: Promise<void> | undefined
  const medium = faultyMedium(disk, async ({ name }: Call) => {
    counts[name] = (counts[name] ?? 0) + 1
    if (name === 'sync') await gate
    return undefined
  })
  /** Holds every sync until the returned function is called. */
  function holdSync(): () => void {
    let release = (): void => {}
    gate = new Promise((resolve) => {
      release = resolve
    })
    return release
  }
  return { medium, counts, holdSync }
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}

test('a log opened again holds what it held, over many segments', async (t) => {
  const at = { folder: await newFolder(t), segmentBytes }
  const events = sampleEvents(0, 1000)
  {
    await using log = await openSegmentLog(at)
    for (let n = 0; n < 1000; n += 20) await log.append(events.slice(n, n + 20))
  }
  await using log = await openSegmentLog(at)
  assert.ok(log.segments.length > 5)
  assert.equal(log.head, 1000)
  assert.deepEqual(
    (await collect(log.read(0))).map(({ event }) => event),
    events,
  )
  assert.equal(await log.append(sampleEvents(1000, 1)), 1000)
})

test('an append resolves, and can be read, only when it is durable', async () => {
  const { medium, holdSync } = watched()
  await using log = await openSegmentLog({ folder, medium })
  const release = holdSync()
  let resolved = false
  const append = log.append(sampleEvents(0, 3)).then(() => {
    resolved = true
  })
  await turns(5)
  assert.equal(resolved, false)
  assert.equal(log.head, 0)
  assert.deepEqual(await collect(log.read(0)), [])
  release()
  await append
  assert.equal(log.head, 3)
})

test('appends that arrive while a write is under way share the next one', async () => {
  const { medium, counts, holdSync } = watched()
  await using log = await openSegmentLog({ folder, medium })
  const release = holdSync()
  const before = { ...counts }
  const appends = [log.append(sampleEvents(0, 1))]
  await turns(3)
  for (let n = 1; n < 500; n++) appends.push(log.append(sampleEvents(n, 1)))
  release()
  await Promise.all(appends)
  assert.equal(counts['sync']! - before['sync']!, 2)
  assert.equal(counts['write']! - before['write']!, 2)
})

test('appends beyond the bound of the queue are refused and leave no trace', async () => {
  const { medium, holdSync } = watched()
  await using log = await openSegmentLog({ folder, medium, queueBytes: 2000 })
  const release = holdSync()
  const first = log.append(sampleEvents(0, 1))
  await turns(3)
  const waiting = log.append(sampleEvents(1, 30))
  await assert.rejects(log.append(sampleEvents(31, 1)), hasCode('resource_exhausted'))
  release()
  assert.deepEqual(await Promise.all([first, waiting]), [0, 1])
  assert.equal(await log.append(sampleEvents(31, 1)), 31)
})

test('an event that is too large is refused, with its size and the bound', async () => {
  await using log = await openSegmentLog({ folder, medium: simulatedMedium() })
  const value = 'x'.repeat(17 * 1024 * 1024)
  const event = { id: 'large', at: 0, type: 'parameter', name: 'n', value, by: '' } as const
  await assert.rejects(log.append([...sampleEvents(0, 1), event]), (error: Error) => {
    assert.match(error.message, /large takes 178\d+ bytes; at most 16777216/)
    return hasCode('invalid_argument')(error)
  })
  assert.equal(await log.append(sampleEvents(0, 1)), 0)
})

test('a read in the middle of a large segment does not begin at its top', async () => {
  const { medium, counts } = watched()
  await using log = await openSegmentLog({ folder, medium, batchEvents: 10 })
  await log.append(sampleEvents(0, 20_000))
  await collect(log.read(0))
  counts['read'] = 0
  for await (const batch of log.read(19_000)) {
    assert.equal(batch[0]?.offset, 19_000)
    break
  }
  // One for the header, one for the chunk; from the top there would be eight chunks before it.
  assert.equal(counts['read'], 2)
})

test('trimming removes the files, erasing removes the bytes', async (t) => {
  const at = { folder: await newFolder(t), segmentBytes }
  await using log = await openSegmentLog(at)
  for (let n = 0; n < 500; n += 20) await log.append(sampleEvents(n, 20))
  await log.trim(300)
  await log.erase((event) => event.id === 'e350' || event.id === 'e499')
  const names = (await readdir(at.folder)).filter((name) => name.endsWith('.log')).sort()
  assert.deepEqual(
    names,
    log.segments.map(({ first }) => `${String(first).padStart(16, '0')}.log`),
  )
  const all = await Promise.all(names.map((name) => readFile(join(at.folder, name), 'latin1')))
  assert.ok(all.join('').includes('"e351"'))
  for (const gone of ['"e10"', '"e350"', '"e499"']) assert.ok(!all.join('').includes(gone), gone)
  assert.equal(log.sizeBytes, all.join('').length)
})

test('an erase names the reason when the log is closed under it, and each segment is whole', async () => {
  const medium = simulatedMedium()
  const log = await openSegmentLog({ folder, segmentBytes, medium })
  for (let n = 0; n < 500; n += 20) await log.append(sampleEvents(n, 20))
  const erasing = log.erase((event) => 'user' in event && event.user === 'u1')
  const closing = log[Symbol.asyncDispose]()
  await assert.rejects(erasing, hasCode('failed_precondition'))
  await closing
  await using reopened = await openSegmentLog({ folder, segmentBytes, medium })
  assert.equal((await collect(reopened.read(0))).length, 500)
})

test('a second writer is refused with the folder and the process that has it', async (t) => {
  const at = { folder: await newFolder(t) }
  const log = await openSegmentLog(at)
  await assert.rejects(openSegmentLog(at), (error: Error) => {
    assert.ok(error.message.includes(at.folder) && error.message.includes(`${process.pid}`))
    return hasCode('failed_precondition')(error)
  })
  await log[Symbol.asyncDispose]()
  await (await openSegmentLog(at))[Symbol.asyncDispose]()
})

test('what a crash left half-made is removed', async () => {
  const medium = simulatedMedium()
  medium.put('/log/0000000000000000.log.aside', Buffer.from('half'))
  await using log = await openSegmentLog({ folder, medium })
  assert.equal(log.head, 0)
  assert.ok(!(await medium.list(folder)).some((name) => name.endsWith('.aside')))
})

test('options out of range are refused with their names', async () => {
  const open = openSegmentLog({ folder, batchEvents: 0, medium: simulatedMedium() })
  await assert.rejects(open, /\[invalid_argument\] batchEvents 0 must be >= 1/)
})

test('a folder that cannot be made is reported with its path', async (t) => {
  const file = join(await newFolder(t), 'file')
  await writeFile(file, '')
  await assert.rejects(openSegmentLog({ folder: join(file, 'log') }), (error: Error) => {
    assert.ok(error.message.includes(file))
    return hasCode('unavailable')(error)
  })
})

test('a reader beside the writer sees what was complete when it opened', async () => {
  const medium = simulatedMedium()
  await using log = await openSegmentLog({ folder, segmentBytes, medium })
  for (let n = 0; n < 200; n += 20) await log.append(sampleEvents(n, 20))
  await using reader = await openSegmentLog({ folder, medium, readOnly: true })
  await log.append(sampleEvents(200, 300))
  assert.equal(reader.head, 200)
  assert.equal((await collect(reader.read(0))).length, 200)
  await assert.rejects(reader.append([]), hasCode('failed_precondition'))
  await assert.rejects(reader.trim(0), hasCode('failed_precondition'))
})

test('a reader goes on after the writer erased, and names what was trimmed', async () => {
  const medium = simulatedMedium()
  await using log = await openSegmentLog({ folder, segmentBytes, medium })
  for (let n = 0; n < 500; n += 20) await log.append(sampleEvents(n, 20))
  await using reader = await openSegmentLog({ folder, medium, readOnly: true })
  await collect(reader.read(0))
  await log.erase((event) => 'user' in event && event.user === 'u1')
  for (const from of [0, 77, 499]) {
    const [record] = await collect(reader.read(from))
    assert.equal(record?.offset, from)
    assert.equal(record?.event?.id, from % 7 === 1 ? undefined : `e${from}`)
  }
  await log.trim(400)
  await assert.rejects(collect(reader.read(0)), /\[data_loss\] offset 0 is no longer kept/)
})

test('places noted before an erase do not mislead a reader after it', async () => {
  const medium = simulatedMedium()
  await using log = await openSegmentLog({ folder, medium })
  for (let n = 0; n < 20_000; n += 1000) await log.append(sampleEvents(n, 1000))
  await using reader = await openSegmentLog({ folder, medium, readOnly: true })
  for (const some of [log, reader]) await collect(some.read(0))
  await log.erase((event) => 'user' in event && event.user === 'u1')
  for (const some of [log, reader]) {
    for (const from of [0, 9_999, 19_900]) {
      const ids = (await collect(some.read(from))).map(({ event }) => event?.id)
      assert.deepEqual(
        ids,
        sampleEvents(from, 20_000 - from).map(({ id }) =>
          Number(id.slice(1)) % 7 === 1 ? undefined : id,
        ),
      )
    }
  }
})

test('a reader tolerates a tail that is being written, and changes nothing', async () => {
  const medium = simulatedMedium()
  await using log = await openSegmentLog({ folder, medium })
  await log.append(sampleEvents(0, 5))
  const [name] = (await medium.list(folder)).filter((entry) => entry.endsWith('.log'))
  const path = join(folder, name!)
  const whole = medium.bytes(path)
  const torn = Buffer.concat([whole, whole.subarray(49, 120)])
  medium.put(path, torn)
  await using reader = await openSegmentLog({ folder, medium, readOnly: true })
  assert.equal(reader.head, 5)
  assert.deepEqual(medium.bytes(path), torn)
})

test('a reader of a folder without a log is told so', async (t) => {
  const empty = openSegmentLog({ folder, medium: simulatedMedium(), readOnly: true })
  await assert.rejects(empty, /\[not_found\] there is no log in \/log/)
  const missing = join(await newFolder(t), 'missing')
  await assert.rejects(openSegmentLog({ folder: missing, readOnly: true }), hasCode('not_found'))
})

test('a reader opens a log that is trimmed just then', async () => {
  const disk = simulatedMedium()
  await using log = await openSegmentLog({ folder, segmentBytes, medium: disk })
  for (let n = 0; n < 500; n += 20) await log.append(sampleEvents(n, 20))
  const medium = faultyMedium(disk, async ({ name }) => {
    if (name === 'open') await log.trim(300)
    return undefined
  })
  await using reader = await openSegmentLog({ folder, medium, readOnly: true })
  assert.equal(reader.tail, log.tail)
  assert.equal((await collect(reader.read(reader.tail))).length, 500 - log.tail)
})

test('a segment of a later format is refused, not misread', async () => {
  const medium = simulatedMedium()
  await (await openSegmentLog({ folder, medium }))[Symbol.asyncDispose]()
  const path = '/log/0000000000000000.log'
  const bytes = medium.bytes(path)
  // Format 2, with the checksum that belongs to it.
  bytes.set([2, 0, 0, 0], 8)
  bytes.writeUInt32LE(crc32(bytes, 0, 24), 24)
  medium.put(path, bytes)
  await assert.rejects(openSegmentLog({ folder, medium }), hasCode('failed_precondition'))
})
