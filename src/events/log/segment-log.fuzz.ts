import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { EventLog } from './event-log.ts'
import { faultyMedium } from './medium/faulty-medium.ts'
import type { Medium } from './medium/medium.ts'
import { type SimulatedMedium, simulatedMedium } from './medium/simulated-medium.ts'
import { collect, hasCode, sampleEvents } from './samples.ts'
import { openSegmentLog } from './segment-log.ts'

const seed = process.env['SEED'] ?? '20240501'
const folder = '/log'
const headerBytes = 28

const open = (medium: Medium) => openSegmentLog({ folder, segmentBytes: 1500, medium })

/** What the log may hold, written down as naively as can be. */
interface Model {
  /** The id at every offset, from 0. */
  ids: string[]
  /** Appends of which no more is known than that they were asked for, in order. */
  asked: { ids: string[]; acknowledged: boolean }[]
  erased: Set<string>
  /** Named by an erase that was not acknowledged, or appended while one was under way. */
  perhapsErased: Set<string>
  /** What the erases under way name. */
  erasing: Set<(id: string) => boolean>
  trimmedTo: number
  nextId: number
}

function newModel(): Model {
  const [erased, perhapsErased] = [new Set<string>(), new Set<string>()]
  return { ids: [], asked: [], erased, perhapsErased, erasing: new Set(), trimmedTo: 0, nextId: 0 }
}

async function check(log: EventLog, model: Model): Promise<void> {
  while (model.ids.length < log.head) {
    const next = model.asked.shift()
    assert.ok(next, 'the log holds more than was ever appended')
    model.ids.push(...next.ids)
  }
  assert.equal(log.head, model.ids.length, 'a part of an append is kept')
  assert.ok(!model.asked.some(({ acknowledged }) => acknowledged), 'an append was lost')
  model.asked = []
  model.erasing.clear()
  assert.ok(log.tail <= model.trimmedTo)
  const all = await collect(log.read(log.tail))
  assert.equal(all.length, log.head - log.tail)
  for (const [index, { offset, event }] of all.entries()) {
    const id = model.ids[offset]!
    assert.equal(offset, log.tail + index)
    if (event === undefined) assert.ok(model.erased.has(id) || model.perhapsErased.has(id), id)
    else assert.equal(event.id, id)
    if (model.erased.has(id)) assert.equal(event, undefined)
  }
}

/** Starts one random operation; those that fail because the power went off have no effect here. */
async function operate(log: EventLog, model: Model, random: Random): Promise<void> {
  const chance = random.below(10)
  if (chance < 8) {
    const events = sampleEvents(model.nextId, 1 + random.below(random.below(4) === 0 ? 30 : 4))
    model.nextId += events.length
    const append = { ids: events.map(({ id }) => id), acknowledged: false }
    model.asked.push(append)
    for (const id of append.ids) {
      if ([...model.erasing].some((names) => names(id))) model.perhapsErased.add(id)
    }
    await log.append(events)
    append.acknowledged = true
  } else if (chance === 8) {
    const before = random.below(log.head + 1)
    model.trimmedTo = Math.max(model.trimmedTo, before)
    await log.trim(before)
  } else {
    const [divisor, rest] = [3 + random.below(20), random.below(3)]
    const names = (id: string): boolean => Number(id.slice(1)) % divisor === rest
    const doomed = [model.ids, ...model.asked.map(({ ids }) => ids)].flat().filter(names)
    for (const id of doomed) model.perhapsErased.add(id)
    model.erasing.add(names)
    await log.erase((event) => names(event.id))
    model.erasing.delete(names)
    for (const id of doomed) model.erased.add(id)
  }
}

/** One life of a process, from opening the log to a power loss. Returns the disk as it is then. */
async function live(disk: SimulatedMedium, model: Model, random: Random) {
  let left: SimulatedMedium | undefined
  const lastCall = random.below(120)
  const medium = faultyMedium(disk, ({ number }) => {
    if (number !== lastCall) return undefined
    left = disk.losePower(random)
    return 'before'
  })
  try {
    const log = await open(medium)
    await check(log, model)
    const operations: Promise<void>[] = []
    for (let n = random.below(30); n > 0 && left === undefined; n--) {
      const operation = operate(log, model, random)
      operations.push(operation.catch((error) => assert.ok(hasCode('unavailable')(error), error)))
      if (random.below(2) === 0) await operations.at(-1)
    }
    await Promise.all(operations)
    if (random.below(2) === 0) await log[Symbol.asyncDispose]()
  } catch (error) {
    if (!hasCode('unavailable')(error)) throw error
  }
  left ??= disk.losePower(random)
  // The process has died with the machine, so its claim on the folder is void.
  for (const name of await left.list(folder)) {
    if (name.endsWith('.lock')) left.put(join(folder, name), undefined)
  }
  return left
}

test(`no power loss loses, repeats or tears what was acknowledged (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  for (let history = 0; history < 60; history++) {
    let disk = simulatedMedium()
    const model = newModel()
    for (let life = 0; life < 12; life++) disk = await live(disk, model, random)
    await check(await open(disk), model)
  }
})

interface Written {
  readonly path: string
  readonly bytes: Buffer
  /** The size of the file after each append, and the count of events by then. */
  readonly ends: { sizeBytes: number; eventCount: number }[]
}

/** The file of a small log, as it lies when the process was killed, or after it was closed. */
async function smallLog(random: Random, closed: boolean): Promise<Written> {
  const disk = simulatedMedium()
  const log = await openSegmentLog({ folder, medium: disk })
  const path = join(folder, '0000000000000000.log')
  const ends = [{ sizeBytes: headerBytes, eventCount: 0 }]
  for (let n = 0; n < 6; n++) {
    await log.append(sampleEvents(log.head, 1 + random.below(4)))
    ends.push({ sizeBytes: disk.bytes(path).length, eventCount: log.head })
  }
  if (closed) await log[Symbol.asyncDispose]()
  return { path, bytes: disk.bytes(path), ends }
}

/** The ids that a log with this file holds, or the code of its refusal. */
async function idsOf(path: string, bytes: Buffer): Promise<string[]> {
  const disk = simulatedMedium()
  disk.put(path, bytes)
  const log = await openSegmentLog({ folder, medium: disk })
  const first = await log.append(sampleEvents(1000, 1))
  const ids = (await collect(log.read(0))).map(({ event }) => event!.id)
  assert.equal(ids.at(-1), 'e1000')
  assert.equal(first, ids.length - 1)
  return ids.slice(0, -1)
}

const expectedIds = (count: number) => sampleEvents(0, count).map(({ id }) => id)

for (const closed of [false, true]) {
  const state = closed ? 'closed' : 'killed'

  test(`a ${state} log cut off at any byte keeps its whole appends (seed ${seed})`, async () => {
    const { path, bytes, ends } = await smallLog(seededRandom(seed), closed)
    for (let size = 0; size <= bytes.length; size++) {
      const ids = idsOf(path, bytes.subarray(0, size))
      if (size < headerBytes) await assert.rejects(ids, hasCode('data_loss'), `size ${size}`)
      else {
        const whole = ends.findLast(({ sizeBytes }) => sizeBytes <= size)!
        assert.deepEqual(await ids, expectedIds(whole.eventCount), `size ${size}`)
      }
    }
  })

  test(`a flipped bit in a ${state} log is noticed (seed ${seed})`, async () => {
    const random = seededRandom(seed)
    const { path, bytes, ends } = await smallLog(random, closed)
    // Only the last write of a killed process may be taken for a torn one.
    const certain = ends.at(closed ? -1 : -2)!
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at] = flipped[at]! ^ (1 << random.below(8))
      const ids = await idsOf(path, flipped).catch((error) => {
        assert.ok(hasCode('data_loss')(error), `byte ${at}: ${error}`)
      })
      if (ids === undefined) continue
      assert.ok(at >= certain.sizeBytes, `byte ${at}`)
      assert.deepEqual(ids, expectedIds(certain.eventCount))
    }
  })
}

test(`a flipped bit in a full segment is noticed by those who read it (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const disk = simulatedMedium()
  await using log = await open(disk)
  for (let n = 0; n < 40; n++) await log.append(sampleEvents(n, 1))
  const [full, next] = log.segments
  const path = join(folder, '0000000000000000.log')
  const bytes = disk.bytes(path)
  for (let at = 0; at < full!.sizeBytes; at++) {
    const flipped = Buffer.from(bytes)
    flipped[at] = flipped[at]! ^ (1 << random.below(8))
    disk.put(path, flipped)
    const later = await collect(log.read(next!.first))
    assert.equal(later.length, 40 - next!.first, 'other segments stay readable')
    await assert.rejects(collect(log.read(0)), (error: Error) => {
      assert.ok(error.message.includes(path))
      return hasCode('data_loss')(error) || hasCode('failed_precondition')(error)
    })
  }
})
