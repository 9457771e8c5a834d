import { parseArgs } from 'node:util'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { ActionEvent } from '../../src/events/event.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { batched, deedOf, endsAt, itemId, userId } from './catalogue.ts'
import { answering } from './child.ts'
import type { Memory } from './figure.ts'
import { collectGarbage, memoryOf } from './memory.ts'
import { progressOn } from './progress.ts'

/** So many items with vectors, and users with a profile and a past, put through the doors. */
export interface Filling {
  readonly itemCount: number
  readonly userCount: number
}

/** What the process holds, and what of it the program knows of. */
export interface FilledMemory extends Memory {
  /** Objects that are alive. */
  readonly heapBytes: number
  /** Typed arrays and the like, outside of the heap. */
  readonly bufferBytes: number
}

const dims = 64
const deedsPerUser = 5
const rowsPerCall = 1_000

/** As the store packs one: item u32, action u8, value f64, time f64. */
const deedBytes = 21

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
const engine = await createEngine({ folder: values.folder!, seed: 'bench', retrain: false })

/**
 * Answers a filling with the raw bytes of what it put in, and anything else with the memory held.
 */
answering(
  async (filling: Filling | 'memory') => {
    if (filling !== 'memory') return fill(filling)
    collectGarbage()
    // What was written to the store in the background settles meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    collectGarbage()
    const { heapUsed: heapBytes, external: bufferBytes } = process.memoryUsage()
    return { ...memoryOf(), heapBytes, bufferBytes } satisfies FilledMemory
  },
  async () => engine[Symbol.asyncDispose](),
)

async function fill({ itemCount, userCount }: Filling): Promise<number> {
  const tell = progressOn(process.stderr)
  const rowCount = itemCount + userCount * (1 + deedsPerUser)
  let doneCount = 0
  const done = (count: number): void => {
    doneCount += count
    tell('items, users and what they did', doneCount / rowCount)
  }
  let rawBytes = 0
  for (let from = 0; from < itemCount; from += rowsPerCall) {
    const rows = range(from, Math.min(itemCount, from + rowsPerCall)).map(itemRow)
    for (const row of rows) rawBytes += rawBytesOf(row)
    await engine.putItems(rows)
    done(rows.length)
  }
  for (let from = 0; from < userCount; from += rowsPerCall) {
    const rows = range(from, Math.min(userCount, from + rowsPerCall)).map(userRow)
    for (const row of rows) rawBytes += rawBytesOf(row)
    await engine.putUsers(rows)
    done(rows.length)
  }
  for (const deeds of batched(pasts(userCount, itemCount))) {
    await engine.record(deeds)
    done(deeds.length)
  }
  return rawBytes + userCount * deedsPerUser * deedBytes
}

function itemRow(item: number) {
  const random = seededRandom(item)
  const vector = Array.from({ length: dims }, () => Math.fround(random.next() - 0.5))
  const genres = [`genre ${random.below(20)}`, `genre ${random.below(20)}`]
  const attributes = {
    title: `The title of number ${item}`,
    year: 1970 + random.below(56),
    genres: { tags: [...new Set(genres)] },
    vector: { vector },
  }
  return { id: itemId(item), attributes }
}

function userRow(user: number) {
  const attributes = { country: `country ${user % 200}`, age: 13 + (user % 70), premium: 0 }
  return { id: userId(user), attributes }
}

function* pasts(userCount: number, itemCount: number): Iterable<ActionEvent> {
  const random = seededRandom('pasts')
  for (let deed = 0; deed < userCount * deedsPerUser; deed++) {
    const user = Math.floor(deed / deedsPerUser)
    yield deedOf(random, `past:${deed}`, user, itemCount, endsAt - 86_400_000 + deed)
  }
}

/** What a row takes at least: its texts as UTF-8, 8 bytes a number, 4 a number of a vector. */
function rawBytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return 8
  if (Array.isArray(value)) {
    if (value.length === dims) return value.length * 4
    return value.reduce<number>((sum, entry) => sum + rawBytesOf(entry), 0)
  }
  // Names of attributes are the same in every row, and count for nothing.
  return Object.values(value as object).reduce<number>((sum, entry) => sum + rawBytesOf(entry), 0)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
