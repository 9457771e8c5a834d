import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { answering } from './child.ts'
import { cpuUs } from './cpu.ts'
import { type Crowd, eventBatch, eventsPerBatch } from './event-batch.ts'

/** The baseline of the event intake: batches put into a file by so many writers at once. */
export interface AppendLoad extends Crowd {
  readonly folder: string
  readonly connectionCount: number
  readonly seconds: number
}

export interface Appended {
  /** Batches that were durable. */
  readonly perSecond: number
  /** CPU time per event. */
  readonly cpuUs: number
}

answering(append)

/** Writers whose batches meet share one write and one fdatasync; each waits for its own. */
async function append(load: AppendLoad): Promise<Appended> {
  const file = await open(join(load.folder, 'appended'), 'w')
  // Made before the clock runs: a client would have paid for them.
  const bodies = Array.from({ length: 64 }, (_, index) =>
    Buffer.from(eventBatch(index * eventsPerBatch, load)),
  )
  const usedBefore = cpuUs()
  const startedMs = performance.now()
  let batchCount = 0
  let waiting: { bytes: Buffer; done: () => void }[] = []
  const write = async (): Promise<void> => {
    while (performance.now() - startedMs < load.seconds * 1_000) {
      const group = waiting
      waiting = []
      await file.writev(group.map(({ bytes }) => bytes))
      await file.datasync()
      batchCount += group.length
      for (const { done } of group) done()
      // Whoever was woken comes again before the next write.
      await new Promise(setImmediate)
    }
  }
  for (let writer = 0; writer < load.connectionCount; writer++) {
    const again = (turn: number): void => {
      const bytes = bodies[(writer + turn) % bodies.length]!
      waiting.push({ bytes, done: () => again(turn + 1) })
    }
    again(0)
  }
  await write()
  const seconds = (performance.now() - startedMs) / 1_000
  const usedUs = cpuUs() - usedBefore
  await file.close()
  return {
    perSecond: batchCount / seconds,
    cpuUs: usedUs / (batchCount * eventsPerBatch),
  }
}
