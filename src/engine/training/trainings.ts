import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { EventLog } from '../../events/log/event-log.ts'
import type { Feature } from '../../state/features/feature.ts'
import { erasures, erasuresKey } from '../../state/projections/erasures.ts'
import type { State } from '../../state/state.ts'
import type { TrainingReport } from '../engine.ts'
import type { Home } from '../home.ts'
import type { Retention } from '../keeping/retention.ts'
import type { DeclaredAttributes } from '../recipes/residents.ts'
import type { LearnSettings } from './learn.ts'
import { factorsName, type ModelsInForce, rankerName } from './models-in-force.ts'
import { runTraining } from './training.ts'

/** Learns anew, when asked and by itself, one training at a time. */
export interface Trainings extends AsyncDisposable {
  train(model: string, signal?: AbortSignal): Promise<TrainingReport>
  readonly running: boolean
}

export interface TrainingsOptions {
  readonly home: Home
  readonly log: EventLog
  readonly state: State
  readonly models: ModelsInForce
  readonly attributes: DeclaredAttributes
  readonly features: readonly Feature[]
  readonly retention: Retention
  readonly clock: Clock
  readonly settings?: Partial<LearnSettings>
  readonly retrain?: boolean
  readonly onProgress: (step: string, share: number) => void
  readonly onTrouble: (what: string, error: unknown) => void
}

/** How often it is looked whether there is something new to learn. */
const lookEveryMs = 60_000

/** A log that grew by this share, and by this many events at least, has something new to say. */
const growthShare = 0.05
const growthMin = 1_000

export function openTrainings(options: TrainingsOptions): Trainings {
  const { home, log, state, models, features, retention, onProgress, onTrouble } = options
  const names = features.map(({ name }) => name)
  const ended = new AbortController()
  let current: Promise<TrainingReport> | undefined

  const learn = async (model: string, signal: AbortSignal): Promise<TrainingReport> => {
    const startedMs = performance.now()
    const learnedBefore = await models.registry.list()
    const outcome = await runTraining(
      {
        log: home.log,
        models: home.models,
        snapshots: home.folder,
        attributes: options.attributes,
        settings: options.settings ?? {},
      },
      onProgress,
      signal,
    )
    await models.reload(names)
    await rejectTainted(learnedBefore)
    const { promoted, version, verdict, metrics } = outcome
    const durationMs = performance.now() - startedMs
    return { model, version, promoted, reason: verdict, metrics, durationMs }
  }

  /** Versions that learned from somebody who was erased since may not come back. */
  const rejectTainted = async (before: Awaited<ReturnType<ModelsInForce['registry']['list']>>) => {
    const erased = await lastErasure(state)
    if (erased === undefined || !((models.through ?? 0) > erased)) return
    for (const { name, version, status } of before) {
      if (status === 'ready')
        await models.registry.reject(name, version, 'learned from a user who was erased')
    }
  }

  const train = (model: string, signal?: AbortSignal): Promise<TrainingReport> => {
    if (model !== rankerName && model !== factorsName) {
      throw new StarlingError(
        'not_found',
        `no model ${model}; there are ${rankerName}, ${factorsName}, learned together`,
        { field: 'name' },
      )
    }
    const ends = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal])
    current ??= learn(model, ends).finally(() => {
      current = undefined
    })
    return current
  }

  const look = async (): Promise<void> => {
    await retention.enforce(state)
    if (options.retrain === false) return
    if (current !== undefined) return
    const learned = models.through ?? 0
    const erased = await lastErasure(state)
    const grown = log.head - learned
    const worthIt = grown >= Math.max(growthMin, learned * growthShare)
    if (worthIt || (erased !== undefined && erased >= learned)) await train(rankerName)
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      if (!ended.signal.aborted) onTrouble('keeping up failed', error)
    })
  }, lookEveryMs).unref()

  return {
    train: async (model, signal) => train(model, signal),
    get running() {
      return current !== undefined
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      ended.abort(new StarlingError('canceled', 'the engine is closing'))
      await current?.catch(() => undefined)
    },
  }
}

async function lastErasure(state: State): Promise<number | undefined> {
  const known = await state.read([{ projection: erasures, key: erasuresKey }])
  return known.get(erasures, erasuresKey)
}
