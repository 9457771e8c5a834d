import { join, resolve } from 'node:path'
import { invalid } from '../../error.ts'
import { type Clock, systemClock } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import type { ConsumerStatus } from '../../events/streams/consumer-status.ts'
import { openState } from '../../state/folded-state.ts'
import { divide, partitionCountMax } from '../../state/partitioned/spread.ts'
import { type Digest, digestOf } from '../../state/partitioned/union.ts'
import { openLmdbStore } from '../../state/store/lmdb-store.ts'
import type { Store } from '../../state/store/store.ts'
import { folds, spread } from '../folds.ts'
import { runCrew } from './crew.ts'
import { openReplayFolder, withStores } from './replay-folder.ts'
import { replayProgress } from './replay-status.ts'

export interface ReplayOptions {
  /** The folder of the log, which an engine may be writing meanwhile. */
  readonly log: string
  /** Where the folded state goes. What lies there of the same log is gone on with. */
  readonly into: string
  /** Processes that fold at once; 0 folds in one pass, in this process, without partitions. */
  readonly workers: number
  /** Shares of users and keys; as many as workers unless told, and at least as many. */
  readonly partitions?: number
  readonly signal?: AbortSignal
  readonly clock?: Clock
  /** Bytes that a partition may have waiting for others before it stops reading. */
  readonly outboxBytesMax?: number
  /** Events that a partition folds between two commits, at most. */
  readonly checkpointEvents?: number
  readonly onStatus?: (status: ConsumerStatus) => void
  readonly onStart?: (worker: number, pid: number) => void
  readonly onOpen?: (worker: number) => void
  readonly onLoss?: (worker: number, how: string) => void
  /** The worker as one JavaScript file, where it is not this checkout's. */
  readonly workerScript?: string
}

export interface ReplayResult {
  readonly events: Offset
  readonly partitions: number
  /** Workers that died and were begun anew. */
  readonly losses: number
  readonly durationMs: number
  /** CPU time of whoever folded; what a killed worker used last is not known. */
  readonly cpuMs: number
  readonly outboxBytesMax: number
  readonly heldCount: number
  /** What each projection and table came to: equal digests are equal bytes. */
  readonly digests: readonly (Digest & { readonly name: string })[]
}

/**
 * Folds a log anew into a folder of its own, up to its head as it stands now: to rebuild a state
 * fast, and to check that it is what the log makes of it. Rejects with the signal's reason where it
 * is aborted; the same call goes on from there.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { workers, into, clock = systemClock } = options
  const partitions = options.partitions ?? Math.max(1, workers)
  if (!(Number.isInteger(workers) && workers >= 0 && workers <= partitionCountMax)) {
    throw invalid('workers', `${workers} must be a whole number >= 0 and <= ${partitionCountMax}`)
  }
  if (workers > partitions) {
    throw invalid('workers', `${workers} must be <= ${partitions}, the number of partitions`)
  }
  const log = resolve(options.log)
  const until = await headOf(log)
  const startedMs = clock.now()
  const told = { ...options, log, into: resolve(into), clock, partitions, until }
  const folded = workers === 0 ? await foldWhole(told) : await foldApart(told)
  return { events: until, ...folded, durationMs: clock.now() - startedMs }
}

type Told = ReplayOptions & {
  readonly clock: Clock
  readonly partitions: number
  readonly until: Offset
}

type Folded = Omit<ReplayResult, 'events' | 'durationMs'>

async function foldApart(told: Told): Promise<Folded> {
  const { log, into, workers, partitions, until, clock } = told
  // Refused here where it cannot be, before any process begins.
  divide(spread, partitions)
  await using _folder = await openReplayFolder(into, { log, partitions })
  const owned = Array.from({ length: workers }, (_, worker) =>
    Array.from({ length: partitions }, (_, partition) => partition).filter(
      (partition) => partition % workers === worker,
    ),
  )
  const progress = replayProgress(until, owned, clock)
  let losses = 0
  await runCrew({
    tasks: owned.map((mine) => {
      const { outboxBytesMax, checkpointEvents } = told
      return {
        ...{ log, into, partitions, owned: mine, until },
        ...(outboxBytesMax !== undefined && { outboxBytesMax }),
        ...(checkpointEvents !== undefined && { checkpointEvents }),
      }
    }),
    signal: told.signal ?? new AbortController().signal,
    onMessage(worker, message) {
      progress.hear(worker, message)
      told.onStatus?.(progress.status())
    },
    onLoss(worker, how) {
      losses++
      told.onLoss?.(worker, how)
    },
    ...(told.onStart && { onStart: told.onStart }),
    ...(told.onOpen && { onOpen: told.onOpen }),
    ...(told.workerScript !== undefined && { script: told.workerScript }),
  })
  const digests = await withStores(into, partitions, digestsOf)
  const { cpuMs, heldCount } = progress
  return { partitions, losses, cpuMs, heldCount, digests, outboxBytesMax: progress.outboxBytesMax }
}

/** Events folded between two commits. */
const checkpointEvents = 10_000

/** One pass of one process: what all others are held against. */
async function foldWhole({ log: folder, into, until, signal, onStatus, clock }: Told) {
  const cpuBefore = process.cpuUsage()
  await using log = await openSegmentLog({ folder, readOnly: true })
  const place = join(into, 'whole')
  await using store = openLmdbStore({ folder: place })
  const state = await openState({ store, ...folds })
  const progress = replayProgress(until, [[0]], clock)
  let pending = 0
  if (state.offset < until) {
    for await (const batch of log.read(state.offset)) {
      signal?.throwIfAborted()
      const events = batch.filter(({ offset }) => offset < until).map(({ event }) => event)
      await state.fold(state.offset, events)
      pending += events.length
      if (pending >= checkpointEvents) await state.checkpoint()
      if (pending >= checkpointEvents) pending = 0
      const { offset } = state
      const durable = { offset: state.durable, keyed: state.durable }
      const own = { partition: 0, offset, keyed: offset, durable, outboxBytes: 0 }
      progress.hear(0, { kind: 'progress', cpuMs: 0, owned: [{ ...own, fate: 'done' }] })
      onStatus?.(progress.status())
      if (offset >= until) break
    }
  }
  await state.checkpoint()
  const { user, system } = process.cpuUsage(cpuBefore)
  const digests = await digestsOf([store])
  const counts = { partitions: 1, losses: 0, outboxBytesMax: 0, heldCount: 0 }
  return { ...counts, cpuMs: (user + system) / 1_000, digests }
}

async function digestsOf(stores: readonly Store[]): Promise<ReplayResult['digests']> {
  const names = ['ordinals', ...[...folds.projections, ...folds.tables].map(({ name }) => name)]
  const digests: (Digest & { name: string })[] = []
  for (const name of names) digests.push({ name, ...(await digestOf(stores, `${name}/`)) })
  return digests
}

async function headOf(folder: string): Promise<Offset> {
  await using log = await openSegmentLog({ folder, readOnly: true })
  return log.head
}
