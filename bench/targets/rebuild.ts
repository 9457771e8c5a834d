import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createEngine } from '../../src/engine/create-engine.ts'
import { manualClock } from '../../src/events/clock.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { endsAt, userId } from '../harness/catalogue.ts'
import { memoryOf } from '../harness/memory.ts'
import { openPrepared } from '../harness/prepared.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
import type { Target } from '../harness/target.ts'

/**
 * All state from the log, into an empty store; beside it reading and decoding the same log alone.
 */
export const rebuild: Target = {
  number: 5,
  name: 'rebuilding all state from the log',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 500, deedsPerUser: 20 }
      : { itemCount: 20_000, userCount: 5_000, deedsPerUser: 30 }
    tell('writing a log')
    const eventCount = await writeLog(folder, size, quick ? 200 : 4_000)
    const contestants = {
      rebuilt: () => secondsOf(() => rebuildAll(folder)),
      read: () => secondsOf(() => readAll(folder)),
    }
    tell('rebuilding')
    await contestants.read()
    await contestants.rebuilt()
    const { rebuilt, read } = await interleaved(contestants, quick ? 2 : 5)
    return [
      {
        target: 5,
        what: 'rebuild of all state',
        value: (median(rebuilt) / eventCount) * 1e6,
        unit: 'µs/event',
        baseline: { what: 'reading the log', value: (median(read) / eventCount) * 1e6 },
        judged: medianRatio(rebuilt, read),
        bound: { most: 4 },
        memory: memoryOf(),
        note: `${eventCount.toLocaleString('en')} events`,
      },
    ]
  },
}

/** A log as a running system writes it: items, deeds, and pages that were offered and served. */
async function writeLog(
  folder: string,
  size: Parameters<typeof openPrepared>[1],
  pageCount: number,
): Promise<number> {
  await using engine = await openPrepared(folder, size)
  const random = seededRandom('pages')
  for (let page = 0; page < pageCount; page++) {
    await engine.recommend({ user: userId(random.below(size.userCount)), scene: 'home' })
  }
  return engine.status().events
}

/** From the log alone: all else that the engine derived or kept for explaining is gone. */
async function rebuildAll(folder: string): Promise<void> {
  for (const derived of ['state', 'traces']) {
    await rm(join(folder, derived), { recursive: true, force: true })
  }
  await using engine = await createEngine({
    ...{ folder, retrain: false, clock: manualClock(endsAt) },
  })
  if (engine.status().lag > 0) throw new Error('the state is behind the log')
}

async function readAll(folder: string): Promise<void> {
  await using log = await openSegmentLog({ folder: join(folder, 'log'), readOnly: true })
  let count = 0
  for await (const batch of log.read(log.tail)) count += batch.length
  if (count !== log.head - log.tail) throw new Error('the log was not read as a whole')
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1_000
}
