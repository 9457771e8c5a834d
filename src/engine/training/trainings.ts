import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import type { ModelVersion } from '../../models/registry/registry.ts'
import type { ServedModels } from '../../models/serving/shelf/served-models.ts'
import type { Feature } from '../../state/features/feature.ts'
import { erasures, erasuresKey } from '../../state/projections/erasures.ts'
import type { State } from '../../state/state.ts'
import type { OnlineRules } from '../control/declared/online.ts'
import type { TrainingReport } from '../engine.ts'
import type { Home } from '../home.ts'
import type { Retention } from '../keeping/retention.ts'
import type { LakeStream } from '../lake/lake-stream.ts'
import type { DeclaredAttributes } from '../recipes/residents.ts'
import type { JobWanted } from '../views/jobs.ts'
import { isOver, type Job } from './jobs/job.ts'
import { openJobShelf } from './jobs/job-shelf.ts'
import { type Jobs, openJobs } from './jobs/jobs.ts'
import { inRange, wishOf } from './jobs/wish.ts'
import type { LearnSettings } from './learn.ts'
import { factorsName, type ModelsInForce, rankerName } from './models-in-force.ts'
import { type KeepingUp, keepingUp } from './online/keeping-up.ts'
import type { ReleaseDesk } from './release/release-desk.ts'
import { runJobs } from './run-job.ts'
import type { TrainingOptions } from './training-options.ts'

/** Learns anew, when asked and by itself. */
export interface Trainings extends AsyncDisposable {
  train(model: string, signal?: AbortSignal): Promise<TrainingReport>
  /** Rejects with `not_found` and `invalid_argument` for what cannot be trained so. */
  start(wanted: JobWanted): Promise<Job>
  readonly jobs: Jobs
  /** Somebody was erased: what is being learned must not know them. */
  beginAnew(): Promise<void>
  /** What is looked for once a minute, now: trials, and whether there is something to learn. */
  look(): Promise<void>
  readonly running: boolean
  /** How far models have come that are kept up between trainings. */
  readonly standings: KeepingUp['standings']
}

export interface TrainingsOptions {
  readonly home: Home
  readonly log: EventLog
  readonly state: State
  readonly models: ModelsInForce
  readonly attributes: DeclaredAttributes
  readonly features: readonly Feature[]
  readonly retention: Retention
  readonly lakeStream: Pick<LakeStream, 'lake' | 'neededFrom'>
  readonly served: ServedModels
  readonly clock: Clock
  readonly settings?: Partial<LearnSettings>
  readonly retrain?: boolean
  readonly training?: TrainingOptions
  readonly desk: ReleaseDesk
  readonly onlineRules: () => OnlineRules
  readonly onProgress: (step: string, share: number) => void
  readonly onTrouble: (what: string, error: unknown) => void
}

/** How often it is looked whether there is something new to learn. */
const lookEveryMs = 60_000

/** A log that grew by this share, and by this many events at least, has something new to say. */
const growthShare = 0.05
const growthMin = 1_000

export async function openTrainings(options: TrainingsOptions): Promise<Trainings> {
  const { home, log, state, models, retention, onTrouble } = options
  const { lakeStream, served, clock, desk, training = {} } = options
  const jobs = await jobsOf(options)
  const online = keepingUp({
    ...{ home, log, clock, models, served, lakeStream, onTrouble },
    isOn: training.online === true,
    rules: options.onlineRules,
    lastErasure: () => lastErasure(state),
  })
  const start = async (wanted: JobWanted): Promise<Job> =>
    jobs.start(wishOf(wanted, training, options.settings))

  const train = async (model: string, signal?: AbortSignal): Promise<TrainingReport> => {
    if (model !== rankerName && model !== factorsName) {
      throw new StarlingError(
        'not_found',
        `no model ${model}; there are ${rankerName}, ${factorsName}, learned together`,
        { field: 'name' },
      )
    }
    signal?.throwIfAborted()
    const startedMs = performance.now()
    asked ??= askedFor().finally(() => {
      asked = undefined
    })
    const id = await asked
    const stop = (): void => void jobs.cancel(id, 'whoever asked for it').catch(() => undefined)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const job = await jobs.over(id)
      signal?.throwIfAborted()
      if (job.status !== 'done') throw unfinished(job)
      const { version, promoted, reason, metrics } = job.result!
      return {
        model,
        version,
        promoted,
        reason,
        metrics,
        durationMs: performance.now() - startedMs,
      }
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  let asked: Promise<string> | undefined
  /** The training of both that is under way, or else a new one. */
  const askedFor = async (): Promise<string> => {
    const under = jobs.list().find((job) => job.kind === rankerName && !isOver(job))
    if (under === undefined) return (await start({ kind: rankerName })).id
    jobs.resume()
    return under.id
  }

  /** How far the last training read: what it learned may wait, or was not good enough. */
  const lastLearned = (): number => {
    const last = jobs.list().find(({ kind, status }) => kind === rankerName && status === 'done')
    return last?.through ?? 0
  }

  const look = async (): Promise<void> => {
    await retention.enforce(state, lakeStream.neededFrom)
    await desk.look()
    await online.update(jobs.running)
    if (options.retrain === false) return
    if (jobs.running) return
    const learned = Math.max(models.through ?? 0, lastLearned())
    const erased = await lastErasure(state)
    const grown = log.head - learned
    const worthIt = grown >= Math.max(growthMin, learned * growthShare)
    if (worthIt || (erased !== undefined && erased >= learned)) await train(rankerName)
  }

  let closing = false
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      if (!closing) onTrouble('keeping up failed', error)
    })
  }, lookEveryMs).unref()
  if (options.retrain !== false) jobs.resume()

  return {
    ...{ train, start, jobs, look },
    async beginAnew() {
      await jobs.restart('somebody was erased whom it may have learned from')
      await online.forget()
    },
    standings: online.standings,

    get running() {
      return jobs.running
    },
    async [Symbol.asyncDispose]() {
      closing = true
      clearInterval(timer)
      await jobs[Symbol.asyncDispose]()
      await online[Symbol.asyncDispose]()
    },
  }
}

/** The jobs of an engine, each in a thread of its own. */
async function jobsOf(options: TrainingsOptions): Promise<Jobs> {
  const { home, log, state, models, features, clock, desk, served, lakeStream } = options
  const { onProgress, onTrouble, training = {} } = options
  const names = features.map(({ name }) => name)
  return openJobs({
    shelf: await openJobShelf(home.jobs),
    run: runJobs({
      ...{ home, log, attributes: options.attributes },
      held: desk.held,
      lastErasure: () => lastErasure(state),
      ...{ registry: models.registry, lake: lakeStream.lake },
      async afterwards(before, made, { kind, through }) {
        await models.reload(names)
        await desk.published(made)
        if (kind === rankerName) await rejectTainted(options, before, through)
        // Else whoever asks for a model by its name would wait for the next look.
        await served.refresh()
      },
    }),
    ...{ clock, onProgress, onTrouble },
    workers: inRange('training.workers', training.workers ?? 1, [1, 16]),
  })
}

/**
 * Versions that learned from somebody who was erased since may not come back, also where what was
 * learned after it was not good enough to take their place.
 */
async function rejectTainted(
  { state, models, features }: TrainingsOptions,
  before: readonly ModelVersion[],
  through: Offset,
): Promise<void> {
  const erased = await lastErasure(state)
  if (erased === undefined || through <= erased) return
  for (const { name, version, status } of before) {
    if (status === 'rejected' || status === 'damaged') continue
    const { header } = await models.registry.load(name, version)
    // What was learned since stays: it may be all that is good enough to serve.
    if (Number(header['through']) > erased) continue
    await models.registry.reject(name, version, 'learned from a user who was erased')
  }
  await models.reload(features.map(({ name }) => name))
}

function unfinished({ id, status, code = 'canceled', trouble = '' }: Job): StarlingError {
  return new StarlingError(code, `job ${id} ${status}: ${trouble.replace(`[${code}] `, '')}`)
}

async function lastErasure(state: State): Promise<number | undefined> {
  const known = await state.read([{ projection: erasures, key: erasuresKey }])
  return known.get(erasures, erasuresKey)
}
