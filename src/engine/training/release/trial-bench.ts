import { StarlingError } from '../../../error.ts'
import type { Clock } from '../../../events/clock.ts'
import type { Json, UserId } from '../../../events/event.ts'
import type { EventLog } from '../../../events/log/event-log.ts'
import type { Scorer } from '../../../feed/pipeline/scorer.ts'
import type { CanaryView } from '../../../models/evaluation/canary.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import { canaryArm, controlArm, placeOf } from '../../../state/releases/arms.ts'
import type { Trial } from '../../../state/releases/releases.ts'
import type { State } from '../../../state/state.ts'
import type { PromotionRules } from '../../control/declared/promotion.ts'
import { rankerName } from '../model-names.ts'
import type { ModelsInForce } from '../models-in-force.ts'
import { canaryOf } from './canary-outcomes.ts'
import { roleOf } from './model-role.ts'
import type { NamedTrials } from './named-trials.ts'
import { outcomesSince } from './outcomes-since.ts'
import { recallShadow } from './recall-shadow.ts'
import {
  type ShadowWatch,
  type ShadowWatchOptions,
  shadowWatch,
  watchingColumns,
  watchingScorer,
} from './shadow-watch.ts'
import { type Tally, tallyIn } from './tally.ts'

/** The versions that are tried, one of a model at most, as requests meet them. */
export interface TrialBench extends NamedTrials {
  /** Models of which a version is tried. */
  models(): readonly string[]
  of(model: string): Trial | undefined
  /**
   * Goes on with what a shadow had counted before, where that is told. Rejects with
   * `failed_precondition` for a version that cannot be asked; none is tried then.
   */
  begin(model: string, trial: Trial, counted?: Json): Promise<void>
  /** Ends the trial of a model, or that of this version alone. */
  end(model: string, version?: number): void
  canary(model: string, trial: Trial): Promise<CanaryView>
  shadow(model: string): Readonly<Record<string, number>>
  /** How far the shadow of a model has counted; undefined where none is at work. */
  tally(model: string): Tally | undefined
  /** Shadows that go by what was done hear of it. */
  look(): Promise<void>
}

export interface TrialBenchOptions {
  readonly log: Pick<EventLog, 'head' | 'tail' | 'read'>
  readonly state: State
  readonly models: ModelsInForce
  readonly rules: () => PromotionRules
  readonly clock: Clock
  /** A ranker by name and version, as requests ask for it. */
  readonly scorerNamed: (name: string) => Promise<Scorer | undefined>
  /** Whether an item may be shown now. */
  readonly isShown: (item: Ordinal) => boolean
}

/** A trial at work. */
interface OnTrial {
  readonly trial: Trial
  readonly figures?: () => Readonly<Record<string, number>>
  readonly tally?: () => Tally
  readonly look?: () => Promise<void>
  /** Has the serving ranker watched. */
  readonly watched?: (serving: Scorer) => Scorer
  stop(): void
}

export function trialBench(options: TrialBenchOptions): TrialBench {
  const tried = new Map<string, OnTrial>()

  const end = (model: string, version?: number): void => {
    const known = tried.get(model)
    if (known === undefined || (version !== undefined && known.trial.version !== version)) return
    known.stop()
    tried.delete(model)
  }

  const armOf = (model: string, { version, share }: Trial, user: UserId): string => {
    const arm = canaryArm(model, version)
    return placeOf(user, arm) < share ? arm : controlArm(model, version)
  }

  return {
    models: () => [...tried.keys()],
    of: (model) => tried.get(model)?.trial,
    end,

    async begin(model, trial, counted) {
      end(model)
      const open = { feeds: ofFeeds, named: ofName, recall: ofRecall }[roleOf(model)]
      tried.set(model, await open(options, model, trial, tallyIn(counted)))
    },

    canary: (model, { version }) => canaryOf(options, model, version),
    shadow: (model) => tried.get(model)?.figures?.() ?? {},
    tally: (model) => tried.get(model)?.tally?.(),

    async look() {
      for (const { look } of tried.values()) await look?.()
    },

    armsOf(user, asked = rankerName) {
      const known = tried.get(asked)
      return known?.trial.phase === 'canary' ? [armOf(asked, known.trial, user)] : []
    },

    asked(name, user) {
      const trial = tried.get(name)?.trial
      if (trial?.phase !== 'canary' || roleOf(name) !== 'named') return name
      const isTried = armOf(name, trial, user) === canaryArm(name, trial.version)
      return isTried ? `${name}/${trial.version}` : name
    },

    watched: (name, serving) => tried.get(name)?.watched?.(serving) ?? serving,
  }
}

/** The ranker that orders every page for which no other is asked. */
async function ofFeeds(
  { models }: TrialBenchOptions,
  model: string,
  trial: Trial,
  counted: Tally | undefined,
): Promise<OnTrial> {
  const { version, share } = trial
  const ranker = await models.rankerNamed(`${model}/${version}`)
  if (ranker === undefined) throw notKept(model, version)
  const stop = (): void => models.tryOut(undefined)
  if (trial.phase === 'canary') {
    models.tryOut({ ranker, version, share })
    return { trial, stop }
  }
  const { header } = await models.registry.load(model, version)
  const offline = decilesIn(header['scores'])
  const watch = shadowWatch({
    ...{ version: ranker.version, share, ...(offline && { offline }) },
    ...fromScores(counted),
  })
  models.tryOut({ ranker, version, share: 0, scored: watchingColumns(watch, ranker) })
  return { trial, ...toldBy(watch), stop: both(stop, watch) }
}

/** A ranker that requests ask for by name. */
async function ofName(
  { scorerNamed }: TrialBenchOptions,
  model: string,
  trial: Trial,
  counted: Tally | undefined,
): Promise<OnTrial> {
  const { version, share } = trial
  const candidate = await scorerNamed(`${model}/${version}`)
  if (candidate === undefined) throw notKept(model, version)
  if (trial.phase === 'canary') return { trial, stop: () => undefined }
  const watch = shadowWatch({ version: `${model}/${version}`, share, ...fromScores(counted) })
  const watched = (serving: Scorer): Scorer => watchingScorer(watch, serving, candidate)
  return { trial, ...toldBy(watch), watched, stop: watch.stop }
}

function toldBy({ figures, save }: ShadowWatch): Pick<OnTrial, 'figures' | 'tally'> {
  return { figures, tally: () => ({ of: 'scores', ...save() }) }
}

function fromScores(counted: Tally | undefined): Pick<ShadowWatchOptions, 'from'> {
  return counted?.of === 'scores' ? { from: counted } : {}
}

/** What sources go by: asked for what people came to like. */
async function ofRecall(
  { models, rules, isShown, ...world }: TrialBenchOptions,
  model: string,
  trial: Trial,
  counted: Tally | undefined,
): Promise<OnTrial> {
  const { version, share } = trial
  if (trial.phase === 'canary') {
    const message =
      `${model} recalls: the items of a page come of many sources, so no page is one ` +
      "version's, and there is no canary of it; try it in the shadow"
    throw new StarlingError('failed_precondition', message, { field: 'phase' })
  }
  const candidate = await models.recallVersion(model, version)
  const beside = models.versionOf(model) ?? 0
  const serving = await models.recallVersion(model, beside)
  if (candidate === undefined || serving === undefined) throw notKept(model, version)
  // What was counted beside another version tells nothing of this one.
  const from = counted?.of === 'recall' && counted.beside === beside ? counted : undefined
  const { figures, look, stop, save } = recallShadow({
    ...{ candidate, serving, share, isShown, version: `${model}/${version}` },
    outcomes: outcomesSince(world, from?.through),
    runsMin: rules().shadowRuns,
    ...(from && { from }),
  })
  return { trial, figures, look, stop, tally: () => ({ of: 'recall', beside, ...save() }) }
}

function notKept(model: string, version: number): StarlingError {
  const message = `${model}/${version} is not kept, or was rejected`
  return new StarlingError('failed_precondition', message, { field: 'version' })
}

function both(stop: () => void, watch: ShadowWatch): () => void {
  return () => {
    stop()
    watch.stop()
  }
}

/** Nine numbers, where whoever learned it told them. */
function decilesIn(value: unknown): readonly number[] | undefined {
  const isList = Array.isArray(value) && value.length === 9
  return isList && value.every((one) => typeof one === 'number') ? value : undefined
}
