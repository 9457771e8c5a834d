import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { folds } from '../../src/engine/folds.ts'
import { replay } from '../../src/engine/replay/replay.ts'
import { withStores } from '../../src/engine/replay/replay-folder.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'
import { openState } from '../../src/state/folded-state.ts'
import { union } from '../../src/state/partitioned/union.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import type { Store } from '../../src/state/store/store.ts'
import { bundle } from './bundle.ts'
import { writeMadeUpLog } from './replay-kill-log.ts'

export interface ReplayRoundsOptions {
  /** Workers are killed until there were so many, over as many replays as that takes. */
  readonly kills: number
  readonly seed: string
  readonly events: number
  readonly userCount: number
  readonly workers: number
  readonly partitions: number
  /** Told after each replay: kills so far, and rows that were compared. */
  readonly onRound?: (kills: number, rows: number) => void
}

/**
 * The longest that all workers are left alone, by the time that the last one took to open: a busy
 * machine does as much between two kills as a quiet one.
 */
const peacePerOpening = 2

/**
 * Replays a made-up log by workers of which one after the other is killed (SIGKILL, at random
 * points), and compares every row of every projection and table with one clean pass, byte by byte.
 */
export async function killWorkers(options: ReplayRoundsOptions): Promise<void> {
  const { kills, seed, events, userCount, workers, partitions } = options
  const random = seededRandom(seed)
  const work = await mkdtemp(join(tmpdir(), 'starling-replay-kill-'))
  try {
    const workerScript = await bundle(
      new URL('../../src/engine/replay/replay-worker.ts', import.meta.url),
      work,
    )
    const log = join(work, 'log')
    const made = { folder: log, count: events, userCount, itemCount: 400 }
    await writeMadeUpLog(random.fork('log'), made)
    const clean = await cleanRows(log)
    let killed = 0
    for (let round = 0; killed < kills; round++) {
      const into = join(work, `into-${round}`)
      const reaper = openReaper(random.fork(`round ${round}`), kills - killed)
      const sizes = { checkpointEvents: 400, outboxBytesMax: 200_000 }
      const { onStart, onOpen } = reaper
      const { losses } = await replay({
        ...{ log, into, workers, partitions, workerScript, ...sizes, onStart, onOpen },
      }).finally(reaper.stop)
      assert.equal(losses, reaper.killed, 'a worker died that nobody killed')
      killed += reaper.killed
      const rows = await withStores(into, partitions, rowsOf)
      assertSame(rows, clean)
      options.onRound?.(killed, rows.size)
      await rm(into, { recursive: true, force: true })
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * Kills a worker, waits until one is at work in its place, and kills again, until it is stopped or
 * has killed enough. One in ten is killed before it has opened anything.
 */
function openReaper(random: Random, killsMax: number) {
  const pids = new Map<number, number>()
  const open = new Set<number>()
  const startedMs = new Map<number, number>()
  let [killed, stopped, openingMs] = [0, false, 100]
  const reap = async (): Promise<void> => {
    while (killed < killsMax) {
      await sleep(random.next() * openingMs * peacePerOpening)
      if (stopped) return
      const among = random.below(10) === 0 ? [...pids.keys()] : [...open]
      const worker = among[among.length === 0 ? 0 : random.below(among.length)]
      const pid = worker === undefined ? undefined : pids.get(worker)
      if (worker === undefined || pid === undefined) continue
      // Until it is begun anew there is nobody to kill.
      pids.delete(worker)
      open.delete(worker)
      if (kill(pid)) killed++
    }
  }
  void reap()
  return {
    onStart(worker: number, pid: number): void {
      pids.set(worker, pid)
      startedMs.set(worker, performance.now())
    },
    onOpen(worker: number): void {
      open.add(worker)
      openingMs = performance.now() - startedMs.get(worker)!
    },
    stop: (): void => {
      stopped = true
    },
    get killed() {
      return killed
    },
  }
}

/** False where it had ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

async function cleanRows(folder: string): Promise<ReadonlyMap<string, string>> {
  await using log = await openSegmentLog({ folder, readOnly: true })
  const store = memoryStore()
  const state = await openState({ store, ...folds })
  for await (const batch of log.read(0)) {
    await state.fold(
      batch[0]!.offset,
      batch.map(({ event }) => event),
    )
  }
  await state.checkpoint()
  return rowsOf([store])
}

/** All rows but those that say how far a fold has come, and what waits between partitions. */
async function rowsOf(stores: readonly Store[]): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>()
  const names = [...folds.projections, ...folds.tables].map(({ name }) => name)
  for (const name of ['ordinals', ...names]) {
    for await (const [key, value] of union(stores, `${name}/`)) {
      rows.set(key, Buffer.from(value).toString('hex'))
    }
  }
  return rows
}

function assertSame(rows: ReadonlyMap<string, string>, clean: ReadonlyMap<string, string>): void {
  const missing = [...clean.keys()].filter((key) => !rows.has(key))
  const strange = [...rows.keys()].filter((key) => !clean.has(key))
  const other = [...clean].filter(([key, bytes]) => rows.has(key) && rows.get(key) !== bytes)
  const differing = other.map(([key]) => key)
  assert.deepEqual({ missing, strange, differing }, { missing: [], strange: [], differing: [] })
}
