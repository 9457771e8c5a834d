import { StarlingError } from '../../../error.ts'
import type { Clock } from '../../../events/clock.ts'
import type { ModelEvent } from '../../../events/event.ts'
import type { ServedModels } from '../../../models/serving/shelf/served-models.ts'
import type { Journal } from '../../../state/journal.ts'
import { type Release, releases, type Trial } from '../../../state/releases/releases.ts'
import type { ReleaseView } from '../../views/releases.ts'
import type { Decision } from './decide.ts'
import { roleOf } from './model-role.ts'
import type { TrialBench, TrialBenchOptions } from './trial-bench.ts'

export interface ReleaseDeskOptions extends TrialBenchOptions {
  readonly journal: Pick<Journal, 'record'>
  /** Models that are asked for by name. */
  readonly served: Pick<ServedModels, 'list' | 'refresh'>
  /** The features that rankers are loaded for. */
  readonly features: readonly string[]
  readonly clock: Clock
  readonly newId: () => string
}

/** Who did it, why, and by which figures. */
export interface Said {
  readonly by: string
  readonly why: string
  readonly figures?: Decision['figures']
}

/** What can be done about a version: each is done first, and then written into the log. */
export function releaseActs(options: ReleaseDeskOptions, trials: TrialBench) {
  const { state, journal, models, served, features, clock, newId } = options
  const { registry } = models

  const releaseOf = async (model: string): Promise<Release | undefined> =>
    (await state.read([{ projection: releases, key: model }])).get(releases, model)

  const write = (step: Omit<ModelEvent, 'type' | 'id' | 'at'>): Promise<void> =>
    journal.record([{ type: 'model', id: newId(), at: clock.now(), ...step }])

  const shelved = (model: string) => served.list().find(({ name }) => name === model)

  /** The version that serves: of what feeds go by, or of what is asked for by name. */
  const servingOf = (model: string): number | undefined =>
    roleOf(model) === 'named' ? shelved(model)?.serving : models.versionOf(model)

  /** Takes into force what the registry now says. */
  const reload = async (model: string): Promise<void> => {
    await models.reload(features)
    // Else whoever asks for the model by its name would wait for the next look.
    if (roleOf(model) !== 'recall') return served.refresh()
    // A shadow compares with the version that serves, which is another now.
    const trial = trials.of(model)
    if (trial !== undefined) await trials.begin(model, trial)
  }

  /** Versions of a model that somebody imported are those of its folder, and not ours to judge. */
  const checkOwn = async (model: string): Promise<void> => {
    if (shelved(model) === undefined || (await registry.list(model)).length > 0) return
    const message =
      `${model} was imported: the largest version that its folder holds serves. Put a larger one ` +
      'beside it, or take it away'
    throw new StarlingError('failed_precondition', message, { field: 'name' })
  }

  const view = async (model: string): Promise<ReleaseView> => {
    const release = await releaseOf(model)
    const serving = servingOf(model)
    if (release === undefined && serving === undefined) {
      throw new StarlingError('not_found', `of no model ${model} was anything published`, {
        field: 'name',
      })
    }
    const own = trials.of(model)
    return {
      model,
      ...(serving !== undefined && { serving }),
      ...(own && { trial: own }),
      ...(own?.phase === 'canary' && { canary: await trials.canary(model, own) }),
      ...(own?.phase === 'shadow' && { shadow: trials.shadow(model) }),
      steps: release?.steps ?? [],
    }
  }

  const begin = async (
    model: string,
    phase: Trial['phase'],
    asked: { version: number; share: number; by: string; why: string },
    figures?: Decision['figures'],
  ): Promise<void> => {
    const { version, share } = asked
    // What was published a moment ago is on no shelf yet.
    if (roleOf(model) === 'named') await served.refresh()
    // Tried first, and then said: a version that cannot be loaded is never said to be on trial.
    await trials.begin(model, { version, phase, share, since: clock.now() })
    await write({ step: phase, model, ...asked, ...(figures && { figures }) })
  }

  const promote = async (model: string, version: number, said: Said): Promise<void> => {
    await registry.promote(model, version)
    trials.end(model, version)
    await reload(model)
    await write({ step: 'promoted', model, version, ...said })
  }

  const reject = async (
    step: 'rejected' | 'stopped',
    model: string,
    version: number,
    said: Said,
  ): Promise<void> => {
    await registry.reject(model, version, said.why)
    trials.end(model, version)
    await reload(model)
    await write({ step, model, version, ...said })
  }

  const rollback = async (model: string, said: Said): Promise<void> => {
    const from = servingOf(model) ?? 0
    const { version } = await registry.rollback(model)
    await reload(model)
    const why = `${said.why}: back to version ${version}`
    await write({ step: 'rolled-back', model, version: from, ...said, why })
  }

  return { ...{ releaseOf, servingOf, checkOwn, write, view }, begin, promote, reject, rollback }
}

export type ReleaseActs = ReturnType<typeof releaseActs>
