import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../event.ts'
import type { EventLog } from './event-log.ts'
import { type Call, type Fault, faultyMedium } from './medium/faulty-medium.ts'
import { type SimulatedMedium, simulatedMedium } from './medium/simulated-medium.ts'
import { collect, hasCode, sampleEvents } from './samples.ts'
import { openSegmentLog } from './segment-log.ts'

type Plan = (call: Call) => Fault | undefined

/** What a caller was told, which must be the truth whatever the medium did. */
interface Told {
  /** The events that were acknowledged, by offset. */
  readonly kept: Map<number, string>
  readonly refused: Set<string>
  erased: boolean
}

const isErased = (event: Event): boolean => Number(event.id.slice(1)) % 5 === 0

async function append(log: EventLog, from: number, count: number, told: Told): Promise<void> {
  const events = sampleEvents(from, count)
  try {
    const first = await log.append(events)
    for (const [index, { id }] of events.entries()) told.kept.set(first + index, id)
  } catch (error) {
    assert.ok(hasCode('unavailable')(error), String(error))
    for (const { id } of events) told.refused.add(id)
  }
}

/** A refusal by the medium is an answer; anything else that is thrown is a fault of ours. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    assert.ok(hasCode('unavailable')(error), String(error))
    return undefined
  }
}

/** Opens, appends over several segments, erases, trims, closes and opens again. */
async function scenario(plan: Plan, code: string, healed: () => void): Promise<void> {
  const disk = simulatedMedium()
  const medium = faultyMedium(disk, plan, code)
  const open = () => openSegmentLog({ folder: '/log', segmentBytes: 700, medium })
  const told: Told = { kept: new Map(), refused: new Set(), erased: false }
  let log = await attempt(open)
  if (log === undefined) {
    healed()
    log = await open()
  }
  for (let from = 0; from < 12; from += 3) {
    await Promise.all([append(log, from, 2, told), append(log, from + 2, 1, told)])
    await verify(log, told)
  }
  told.erased = (await attempt(() => log.erase(isErased))) !== undefined
  await attempt(() => log.trim(4))
  await append(log, 12, 2, told)
  healed()
  await append(log, 14, 1, told)
  assert.ok([...told.kept.values()].includes('e14'), 'appends work when the medium does')
  await verify(log, told)
  await log[Symbol.asyncDispose]()
  const reopened = await open()
  await verify(reopened, told)
  await reopened[Symbol.asyncDispose]()
  assert.deepEqual(
    (await disk.list('/log')).filter((name) => !name.endsWith('.log')),
    [],
  )
}

async function verify(log: EventLog, told: Told): Promise<void> {
  const all = await attempt(() => collect(log.read(log.tail)))
  if (all === undefined) return
  assert.equal(log.head, told.kept.size)
  assert.equal(log.tail + all.length, log.head)
  for (const { offset, event } of all) {
    const expected = told.kept.get(offset)
    if (event !== undefined) assert.equal(event.id, expected)
    else assert.ok(expected && Number(expected.slice(1)) % 5 === 0)
    if (event && told.erased) assert.ok(!isErased(event) || Number(event.id.slice(1)) >= 12)
  }
}

/** The operations of the scenario when nothing fails, in order. */
async function callNames(): Promise<string[]> {
  const names: string[] = []
  const record = ({ name }: Call): undefined => {
    names.push(name)
  }
  await scenario(record, 'EIO', () => {})
  return names
}

const forEver = Number.POSITIVE_INFINITY

for (const [fault, durations] of [
  ['before', [1, 4, forEver]],
  ['after', [1, 4]],
  ['half', [1, 4]],
  ['short', [forEver]],
] as const) {
  for (const lasting of durations) {
    test(`whichever call it hits, the fault "${fault}" of ${lasting} calls is survived`, async () => {
      for (const [from, name] of (await callNames()).entries()) {
        // Only a write has halves.
        if (name !== 'write' && (fault === 'half' || fault === 'short')) continue
        let healthy = false
        const plan = ({ number }: Call) =>
          !healthy && number >= from && number < from + lasting ? fault : undefined
        const heal = (): void => {
          healthy = true
        }
        try {
          await scenario(plan, lasting === 1 ? 'EIO' : 'ENOSPC', heal)
        } catch (error) {
          throw new Error(`with the fault at call ${from}, ${name}`, { cause: error })
        }
      }
    })
  }
}

for (const [name, fault] of [
  ['write', 'before'],
  ['write', 'half'],
  ['write', 'after'],
  ['sync', 'before'],
  ['sync', 'after'],
] as const) {
  test(`a refused append is not read back when the process dies: ${name}, ${fault}`, async () => {
    const disk = simulatedMedium()
    let failing = false
    const medium = faultyMedium(disk, (call) => {
      if (!failing || call.name !== name) return undefined
      failing = false
      return fault
    })
    await using log = await openSegmentLog({ folder: '/log', medium })
    await log.append(sampleEvents(0, 2))
    failing = true
    // Three appends in one write: a part of them would look like whole appends.
    const refused = [10, 11, 12].map((from) => log.append(sampleEvents(from, 1)))
    for (const append of refused) await assert.rejects(append, hasCode('unavailable'))
    assert.deepEqual(await idsAfterKill(disk), ['e0', 'e1'])
    // As long as the first of those refused, so that the next would follow it without a gap.
    await log.append(sampleEvents(20, 1))
    assert.deepEqual(await idsAfterKill(disk), ['e0', 'e1', 'e20'])
  })
}

test('what recovery has cut off does not come back behind later appends', async () => {
  const disk = simulatedMedium()
  const path = '/log/0000000000000000.log'
  const log = await openSegmentLog({ folder: '/log', medium: disk })
  await log.append(sampleEvents(0, 2))
  const { length } = disk.bytes(path)
  await log.append(sampleEvents(10, 3))
  const torn = disk.bytes(path)
  // The first record behind the mark of the last write: the two after it reached the disk.
  torn[length + 60] = 0
  const left = disk.copy()
  left.put(path, torn)
  removeLocks(left, await left.list('/log'))
  const reopened = await openSegmentLog({ folder: '/log', medium: left })
  assert.equal(reopened.head, 2)
  // With the mark before it just as long as the damaged record, so that the others would follow.
  const at = 1_700_000_000_020
  await reopened.append([{ id: 'e20', at, type: 'action', action: 'click', user: 'u123456' }])
  assert.deepEqual(await idsAfterKill(left), ['e0', 'e1', 'e20'])
})

function removeLocks(disk: SimulatedMedium, names: readonly string[]): void {
  for (const name of names) {
    if (name.endsWith('.lock')) disk.put(`/log/${name}`, undefined)
  }
}

async function idsAfterKill(disk: SimulatedMedium): Promise<(string | undefined)[]> {
  const left = disk.copy()
  removeLocks(left, await left.list('/log'))
  await using log = await openSegmentLog({ folder: '/log', medium: left })
  return (await collect(log.read(0))).map(({ event }) => event?.id)
}
