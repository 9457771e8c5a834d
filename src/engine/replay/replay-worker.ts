import { type ErrorCode, StarlingError } from '../../error.ts'
import { systemClock } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import { diskMedium } from '../../events/log/medium/disk-medium.ts'
import { lockFolder } from '../../events/log/medium/folder-lock.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { drive } from '../../state/partitioned/drive.ts'
import {
  type Advance,
  type Durable,
  openPartition,
  type PartitionFold,
} from '../../state/partitioned/partition-fold.ts'
import type { Peer } from '../../state/partitioned/peer.ts'
import { divide } from '../../state/partitioned/spread.ts'
import { openLmdbReader } from '../../state/store/lmdb-reader.ts'
import { openLmdbStore } from '../../state/store/lmdb-store.ts'
import { spread } from '../folds.ts'
import { type Held, held } from '../held.ts'
import { partitionFolder } from './replay-folder.ts'

/** What a worker is told, in a process of its own. */
export interface ReplayTask {
  readonly log: string
  readonly into: string
  readonly partitions: number
  /** The partitions that are this worker's. */
  readonly owned: readonly number[]
  readonly until: Offset
  readonly outboxBytesMax?: number
  /** Events that a partition folds between two commits, at most. */
  readonly checkpointEvents?: number
}

export type ReplayMessage =
  | { readonly kind: 'progress'; readonly cpuMs: number; readonly owned: readonly OwnedProgress[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }

/** How far one partition is in its worker's memory. */
export interface OwnedProgress {
  readonly partition: number
  readonly offset: Offset
  readonly keyed: Offset
  readonly durable: Durable
  readonly outboxBytes: number
  readonly fate: Advance
}

const tellEveryMs = 100

// A module that is imported for its words alone runs nothing.
if (process.send !== undefined && process.argv[2] === 'replay-worker') {
  await serve(JSON.parse(process.argv[3]!) as ReplayTask) // Written by `crew.ts`.
}

async function serve(task: ReplayTask): Promise<void> {
  const stopping = new AbortController()
  process.on('message', () => stopping.abort())
  // Nobody is left to begin anew what is done here.
  process.on('disconnect', () => process.exit(1))
  // A terminal interrupts whole groups of processes; whoever gave the task says when to end.
  process.on('SIGINT', () => undefined)
  const tell = (message: ReplayMessage) =>
    new Promise<void>((resolve) => process.send!(message, () => resolve()))
  try {
    await replayPartitions(task, stopping.signal, tell)
    process.exit(0)
  } catch (error) {
    await tell(failureOf(error))
    process.exit(1)
  }
}

function failureOf(error: unknown): ReplayMessage {
  const told = error instanceof Error ? error.message : String(error)
  if (!(error instanceof StarlingError)) return { kind: 'failed', code: 'internal', message: told }
  // The code stands before the message, and will again.
  const message = told.slice(`[${error.code}] `.length)
  return { kind: 'failed', code: error.code, message }
}

async function replayPartitions(
  task: ReplayTask,
  signal: AbortSignal,
  tell: (message: ReplayMessage) => Promise<void>,
): Promise<void> {
  await using resources = held()
  const log = resources.add(await openSegmentLog({ folder: task.log, readOnly: true }))
  const partitions = await openOwned(task, resources)
  let toldAt = 0
  const report = (fates: readonly Advance[]) => {
    const { user, system } = process.cpuUsage()
    return tell({
      kind: 'progress',
      cpuMs: (user + system) / 1_000,
      owned: partitions.map(({ partition, offset, keyed, durable, outboxBytes }, index) => {
        return { partition, offset, keyed, durable, outboxBytes, fate: fates[index] ?? 'done' }
      }),
    })
  }
  await report([])
  await drive({
    ...{ log, partitions, until: task.until, signal },
    onTurn(fates) {
      if (systemClock.now() - toldAt < tellEveryMs) return
      toldAt = systemClock.now()
      void report(fates)
    },
  })
  await report([])
}

async function openOwned(task: ReplayTask, resources: Held): Promise<readonly PartitionFold[]> {
  const { outboxBytesMax, checkpointEvents } = task
  const division = divide(spread, task.partitions)
  const stores = new Map(
    await Promise.all(
      task.owned.map(async (partition) => {
        const folder = partitionFolder(task.into, partition)
        // A worker that was taken for dead and is not must not write beside its successor.
        const unlock = await lockFolder(diskMedium, folder)
        resources.add({ [Symbol.asyncDispose]: unlock })
        return [partition, resources.add(openLmdbStore({ folder }))] as const
      }),
    ),
  )
  const peers = Array.from({ length: task.partitions }, (_, partition): Peer => {
    const folder = partitionFolder(task.into, partition)
    return stores.get(partition) ?? resources.add(openLmdbReader({ folder }))
  })
  return Promise.all(
    task.owned.map((partition) =>
      openPartition({
        ...{ partition, division, peers, store: stores.get(partition)! },
        ...(outboxBytesMax !== undefined && { outboxBytesMax }),
        ...(checkpointEvents !== undefined && { checkpointEvents }),
      }),
    ),
  )
}
