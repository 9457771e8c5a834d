import type { EventLog, Offset } from '../../events/log/event-log.ts'
import type { Lake, Question } from '../../lake/lake.ts'
import { lane } from '../../lake/lane.ts'
import type { ModelVersion, Registry } from '../../models/registry/registry.ts'
import type { Home } from '../home.ts'
import type { DeclaredAttributes } from '../recipes/residents.ts'
import type { Job } from './jobs/job.ts'
import type { RunJob } from './jobs/job-performer.ts'
import { runThread } from './jobs/job-thread.ts'
import { trainableKind } from './kinds/all.ts'
import type { Outcome } from './kinds/kind.ts'
import { seedFor } from './learn.ts'
import type { Made, Refused } from './release/release-desk.ts'

export interface RunJobOptions {
  readonly home: Home
  readonly log: Pick<EventLog, 'head' | 'tail'>
  readonly attributes: DeclaredAttributes
  /** Names whose new versions wait to be promoted instead of serving at once. */
  readonly held: () => readonly string[]
  /** Where in the log somebody was last erased. */
  readonly lastErasure: () => Promise<Offset | undefined>
  /** Takes what was made into force, before the job counts as done. */
  readonly afterwards: (
    before: readonly ModelVersion[],
    made: Made,
    job: Pick<Job, 'kind'> & { readonly through: Offset },
  ) => Promise<void>
  readonly registry: Pick<Registry, 'list'>
  /** Throws `failed_precondition` where there is none. */
  readonly lake: () => Pick<Lake, 'query' | 'flush'>
}

/** Runs jobs in threads: each learns from the log as it was when the job first began. */
export function runJobs(options: RunJobOptions): RunJob {
  const { home, log, attributes } = options
  const inTurn = lane().run
  return async (job, hooks, signal) => {
    const through = job.through ?? log.head
    const seed = job.seed ?? seedFor(through)
    if (job.through === undefined) await hooks.onThrough(through, seed)
    const task = {
      job: { ...job, through, seed },
      ...{ log: home.log, models: home.models, snapshots: home.folder, imports: home.imports },
      checkpoints: `${home.jobs}/${job.id}/checkpoints`,
      attributes,
      held: options.held(),
      taintedThrough: (await options.lastErasure()) ?? -1,
    }
    const versions: (readonly [string, number])[] = []
    let filed: Promise<void> | undefined
    const told = {
      ...hooks,
      inTurn,
      async onQuestion(question: Question) {
        // What is in no file may be gone with the process, and the job goes on with the next.
        filed ??= options.lake().flush()
        await filed
        return options.lake().query(question)
      },
      onPublished(model: string, version: number) {
        hooks.onLine(`published ${model}/${version}`)
        versions.push([model, version])
      },
    }
    const before = await options.registry.list()
    const outcome = await runThread(task, told, signal)
    const { models } = trainableKind(job.kind)
    const refused = models.flatMap((model) => refusedOf(model, versions, outcome))
    await options.afterwards(before, { versions, refused, by: `job ${job.id}` }, task.job)
    return { model: models[0], outcome }
  }
}

/** Why a model became no version, as far as the job got to judge it. */
function refusedOf(
  model: string,
  versions: Made['versions'],
  { verdict, metrics, refused = [] }: Outcome,
): readonly Refused[] {
  if (versions.some(([name]) => name === model)) return []
  const told = refused.find((each) => each.model === model)
  return [told ?? { model, why: verdict, metrics }]
}
