import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ManualClock, manualClock, type Timestamp } from '../events/clock.ts'
import type { ActionEvent, Event, QueueEntry, ServedEvent } from '../events/event.ts'
import type { EventLog } from '../events/log/event-log.ts'
import { memoryLog } from '../events/log/memory-log.ts'
import { openConsumer } from '../events/streams/consumer.ts'
import { openDuckLake } from './duck-lake.ts'
import type { Lake } from './lake.ts'
import type { LakeOptions } from './lake-options.ts'

// What the tests of this room stand on: a lake in a folder of its own, behind a real consumer.

export const noon: Timestamp = Date.UTC(2026, 10, 22, 12)

export interface TestLake extends AsyncDisposable {
  readonly lake: Lake
  readonly log: EventLog
  readonly clock: ManualClock
  readonly folder: string
  /** Appends events and waits until the lake has taken them. */
  tell(events: readonly Event[]): Promise<void>
  /** The rows of a query. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>
  /** Closes it, as a process would that ends; the folder stays. */
  close(): Promise<void>
}

export async function testFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'starling-lake-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export async function testLake(
  folder: string,
  options: Partial<LakeOptions> & { readonly log?: EventLog } = {},
): Promise<TestLake> {
  const clock = manualClock(noon)
  const { log = memoryLog() } = options
  const lake = await openDuckLake({ clock, flushMs: 3_600_000, ...options, log, folder })
  const group = { group: 'lake', description: 'for a test', pauseMs: 5 }
  const consumer = openConsumer({ log, sink: lake.sink, clock, ...group })
  await consumer.caughtUp()
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await consumer[Symbol.asyncDispose]()
    await lake[Symbol.asyncDispose]()
  }
  return {
    ...{ lake, log, clock, folder, close },
    async tell(events) {
      await log.append(events)
      await consumer.caughtUp()
    },
    rows: async (sql) => (await lake.query({ sql, rowsMax: 10_000, timeoutMs: 60_000 })).rows,
    [Symbol.asyncDispose]: close,
  }
}

export function click(number: number, more: Partial<ActionEvent> = {}): ActionEvent {
  return {
    ...{ id: `e${number}`, at: noon - 60_000 + number, type: 'action', action: 'click' },
    ...{ user: `u${number % 7}`, item: `i${number % 5}` },
    ...more,
  }
}

export function entry(item: string, more: Partial<QueueEntry> = {}): QueueEntry {
  return {
    ...{ item, score: 0.5, sources: ['hot', 'newest'], run: 'run-1', model: 'ranker/3' },
    expiresAt: noon + 3_600_000,
    ...more,
  }
}

export function page(number: number, more: Partial<ServedEvent> = {}): ServedEvent {
  return {
    ...{ id: `p${number}`, at: noon - 30_000 + number, type: 'served', user: `u${number % 7}` },
    ...{ scene: 'home', channel: '', request: `r${number}`, batch: number, delivery: 'queued' },
    ...{ recipe: 'home', arms: ['a'], dropped: ['i9'], repeatable: false },
    items: [entry('i1'), entry('i2', { score: 0.25 })],
    ...more,
  }
}
