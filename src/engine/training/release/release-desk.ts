import type { UserId } from '../../../events/event.ts'
import type { Release, Trial } from '../../../state/releases/releases.ts'
import type { Releases } from '../../views/releases.ts'
import { trainableKinds } from '../kinds/all.ts'
import { askedFor } from './asked-for.ts'
import { canaryStep, type Decision, recallStep, shadowStep } from './decide.ts'
import { roleOf } from './model-role.ts'
import type { NamedTrials } from './named-trials.ts'
import { type ReleaseActs, type ReleaseDeskOptions, releaseActs } from './release-acts.ts'
import { tallyKeeper } from './tally-keeper.ts'
import { type TrialBench, trialBench } from './trial-bench.ts'
import { versionIntake } from './version-intake.ts'
import { wordsOf } from './words-of.ts'

/** Brings versions to serve, on trial first where it is so decided, and writes down every step. */
export interface ReleaseDesk extends Releases, AsyncDisposable {
  readonly trials: NamedTrials
  /** Names whose new versions wait to be promoted. */
  held(): readonly string[]
  /** A job published versions, or nothing that was good enough. */
  published(made: Made): Promise<void>
  /** Looks how trials do, and decides where it can be decided. */
  look(): Promise<void>
  /** The arms that a page of this user is made in. */
  armsOf(user: UserId, asked?: string): readonly string[]
  /** Takes up the trials that the log tells of, where they stood. */
  resume(): Promise<void>
}

export interface Made {
  readonly versions: readonly (readonly [model: string, version: number])[]
  /** What became no version, and why. */
  readonly refused: readonly Refused[]
  readonly by: string
}

export interface Refused {
  readonly model: string
  readonly why: string
  readonly metrics: Readonly<Record<string, number>>
}

/** Who decides where nobody does. */
const itself = 'starling'

/** Of what a shadow needs to be judged, so much is lost at most with a process that is killed. */
const lostMost = 0.05

/** All that can have been tried. */
const modelNames: readonly string[] = [...new Set(trainableKinds.flatMap(({ models }) => models))]

export function releaseDesk(options: ReleaseDeskOptions): ReleaseDesk {
  const { models, rules, clock } = options
  const trials = trialBench(options)
  const acts = releaseActs(options, trials)
  const { releaseOf, servingOf, write, begin, promote, reject } = acts
  const intake = versionIntake(options, trials, { acts, by: itself })
  const tallies = tallyKeeper(trials, acts, itself)

  const carryOut = async (
    model: string,
    { version }: Trial,
    { verdict, why, figures }: Decision,
  ): Promise<void> => {
    const said = { by: itself, why, figures }
    if (verdict === 'promote') return promote(model, version, said)
    if (verdict === 'reject') return reject('stopped', model, version, said)
    const { canaryShare } = rules()
    await begin(model, 'canary', { version, share: canaryShare, by: itself, why }, figures)
  }

  const decisionOn = async (model: string, trial: Trial): Promise<Decision | undefined> => {
    const sinceMs = clock.now() - trial.since
    if (trial.phase === 'canary') {
      return canaryStep(await trials.canary(model, trial), sinceMs, rules())
    }
    const step = roleOf(model) === 'recall' ? recallStep : shadowStep
    return step(trials.shadow(model), sinceMs, rules())
  }

  const decide = async (model: string): Promise<void> => {
    const trial = trials.of(model)
    const decision = trial && (await decisionOn(model, trial))
    // It may have been ended by hand meanwhile.
    if (decision === undefined || trials.of(model) !== trial) return
    await carryOut(model, trial!, decision)
  }

  return {
    ...{ trials, armsOf: trials.armsOf },

    held: () =>
      rules().way === 'at-once' ? [] : modelNames.filter((name) => servingOf(name) !== undefined),

    async published({ versions, refused, by }) {
      for (const { model, why, metrics: figures } of refused) {
        await write({ step: 'refused', model, version: 0, by, why, figures })
      }
      for (const [name, version] of versions) {
        const known = await models.registry.list(name)
        const made = known.find((one) => one.version === version)
        if (made !== undefined) await intake.take(made, by)
      }
    },

    async look() {
      // Every byte of every version is read for it: not while the engine opens.
      if (rules().way !== 'at-once') await intake.takeUntold(modelNames)
      await trials.look()
      let trouble: { readonly error: unknown } | undefined
      for (const model of trials.models()) {
        // What goes wrong with one is no reason to leave the others undecided.
        await decide(model).catch((error: unknown) => {
          trouble ??= { error }
        })
      }
      await tallies.keep(Math.max(1, rules().shadowRuns * lostMost))
      if (trouble !== undefined) throw trouble.error
    },

    async resume() {
      for (const model of modelNames) {
        const release = await releaseOf(model)
        if (release?.trial === undefined) continue
        await takeUp(model, release, release.trial, { acts, trials })
        tallies.known(model, release.trial)
      }
    },

    [Symbol.asyncDispose]: () => tallies.keep(1),

    release: acts.view,
    ...askedFor(options, trials, acts),
  }
}

async function takeUp(
  model: string,
  { tally }: Release,
  trial: Trial,
  desk: { readonly acts: ReleaseActs; readonly trials: TrialBench },
): Promise<void> {
  const { servingOf, write } = desk.acts
  const { version } = trial
  if (servingOf(model) === version) {
    const why = 'it was promoted before the engine ended'
    return write({ step: 'promoted', model, version, by: itself, why })
  }
  try {
    await desk.trials.begin(model, trial, tally)
  } catch (error) {
    await write({ step: 'stopped', model, version, by: itself, why: wordsOf(error) })
  }
}
