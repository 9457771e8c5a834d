import { join } from 'node:path'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../../events/clock.ts'
import { openSegmentLog } from '../../../events/log/segment-log.ts'
import { openRegistry } from '../../../models/registry/disk-registry.ts'
import type { Trial } from '../../../models/search/trial.ts'
import { loadSnapshot } from '../../keeping/snapshot.ts'
import { trainableKind } from '../kinds/all.ts'
import type { Outcome, Work } from '../kinds/kind.ts'
import { boundedLog } from './bounded-log.ts'
import { atPace, checkpointsIn } from './checkpoints.ts'
import { engineBehind } from './engine-behind.ts'
import { type JobMessage, type JobTask, toldOf } from './job-thread.ts'
import { type MemoryBound, memoryBound, tooMuchMemory } from './memory-bound.ts'
import { searchAndTrain } from './search-job.ts'

const lookEveryMs = 100

if (parentPort !== null) await perform(parentPort, workerData as JobTask) // From `job-thread.ts`.

async function perform(port: MessagePort, task: JobTask): Promise<void> {
  const tell = (message: JobMessage): void => port.postMessage(message)
  const bound = memoryBound(task.job.memoryMb)
  const guard = setInterval(() => {
    if (!bound.isExceeded()) return
    fail(tell, tooMuchMemory(task.job.memoryMb))
    process.exit(1)
  }, lookEveryMs)
  try {
    tell({ kind: 'done', outcome: await learn(port, task, bound, tell) })
  } catch (error) {
    fail(tell, error)
  } finally {
    clearInterval(guard)
    port.close()
  }
}

async function learn(
  port: MessagePort,
  task: JobTask,
  { reserve }: MemoryBound,
  tell: (message: JobMessage) => void,
): Promise<Outcome> {
  const { job } = task
  const engine = engineBehind(port)
  await using whole = await openSegmentLog({ folder: task.log, readOnly: true })
  const registry = await openRegistry(task.models, systemClock)
  const work: Work = {
    log: boundedLog(whole, job.through),
    base: () => loadSnapshot(task.snapshots),
    attributes: task.attributes,
    ...{ source: job.source, askedAt: job.askedAt, lake: { query: engine.ask } },
    ...(job.file !== undefined && { file: join(task.imports, job.file) }),
    registry,
    taintedThrough: task.taintedThrough,
    reserve,
    seed: job.seed ?? '',
    settings: job.settings,
    checkpoints: atPace(checkpointsIn(task.checkpoints), () => performance.now()),
    say: (line) => tell({ kind: 'line', line }),
    report: (step, share) => tell({ kind: 'progress', step, share }),
    async publish(name, artifact, note) {
      await engine.turn()
      const held = task.held.includes(name)
      const before = await registry.latest(name)
      const parent = before === undefined ? {} : { parent: `${name}/${before.version.version}` }
      const header = { ...artifact.header, job: job.id, ...parent }
      const version = await registry.publish(name, { ...artifact, header }, note, { held })
      tell({ kind: 'published', model: name, version: version.version })
      return version
    },
  }
  const kind = trainableKind(job.kind)
  const data = await kind.prepare(work)
  if (job.search === undefined) return await kind.train(data, work)
  const tellTrial = (trial: Trial): void => tell({ kind: 'trial', trial })
  return await searchAndTrain(kind, data, work, job.search, job.trials ?? [], tellTrial)
}

function fail(tell: (message: JobMessage) => void, error: unknown): void {
  tell({ kind: 'failed', ...toldOf(error) })
}
