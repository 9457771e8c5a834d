import { setTimeout as sleep } from 'node:timers/promises'
import type { EventLog, LoggedEvent, Offset } from '../../events/log/event-log.ts'
import type { Advance, PartitionFold } from './partition-fold.ts'

export interface DriveOptions {
  readonly log: Pick<EventLog, 'read'>
  /** Those that this process owns. */
  readonly partitions: readonly PartitionFold[]
  /** The log is folded up to here. */
  readonly until: Offset
  readonly signal: AbortSignal
  /** Told after each turn, with how each partition fared. */
  readonly onTurn?: (fates: readonly Advance[]) => void
}

/** How long to wait for others before looking again. */
const pauseMs = 2

/**
 * Takes partitions through the log together, so that it is read once. Resolves when all of it is
 * folded, and everything that others must know has been taken by them; where the signal aborts, as
 * soon as all is committed that was done.
 */
export async function drive({
  log,
  partitions,
  until,
  signal,
  onTurn,
}: DriveOptions): Promise<void> {
  const turn = async (events: readonly LoggedEvent[]): Promise<boolean> => {
    const before = progressOf(partitions)
    const fates: Advance[] = []
    for (const partition of partitions) fates.push(await partition.advance(events))
    for (const partition of partitions) await partition.deliver()
    onTurn?.(fates)
    if (progressOf(partitions) === before) {
      // Others may be waiting for what was not written yet.
      for (const partition of partitions) await partition.checkpoint()
      await sleep(pauseMs)
    }
    return fates.every((fate) => fate === 'done')
  }

  const first = Math.min(...partitions.map(({ offset }) => offset))
  if (first < until) {
    for await (const batch of log.read(first)) {
      const events = batch.filter(({ offset }) => offset < until)
      while (!signal.aborted && !(await turn(events)));
      if (signal.aborted || events.length < batch.length) break
    }
  }
  const isOver = ({ keyed, settled }: PartitionFold): boolean => keyed >= until && settled
  while (!signal.aborted && !partitions.every(isOver)) await turn([])
  for (const partition of partitions) await partition.checkpoint()
}

function progressOf(partitions: readonly PartitionFold[]): number {
  return partitions.reduce((sum, { offset, keyed }) => sum + offset + keyed, 0)
}
