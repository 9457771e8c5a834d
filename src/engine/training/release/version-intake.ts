import type { ModelVersion, SoundVersion } from '../../../models/registry/registry.ts'
import { roleOf } from './model-role.ts'
import type { ReleaseActs, ReleaseDeskOptions } from './release-acts.ts'
import type { TrialBench } from './trial-bench.ts'
import { wordsOf } from './words-of.ts'

/** New versions, as they come to stand in the log and, where they wait for it, on trial. */
export interface VersionIntake {
  /** Writes down that there is a version, and who made it. One that is held is tried. */
  take(made: ModelVersion, by: string): Promise<void>
  /**
   * What a job published just before the engine was killed, and nobody heard of: looked for once,
   * among these models. Of versions older than all that was told the log says enough.
   */
  takeUntold(models: readonly string[]): Promise<void>
}

export interface IntakeDesk {
  readonly acts: Pick<ReleaseActs, 'begin' | 'reject' | 'releaseOf' | 'write'>
  /** Who tries what is held. */
  readonly by: string
}

export function versionIntake(
  { models, rules, clock }: Pick<ReleaseDeskOptions, 'models' | 'rules' | 'clock'>,
  trials: Pick<TrialBench, 'of'>,
  { acts, by: itself }: IntakeDesk,
): VersionIntake {
  const { begin, reject, releaseOf, write } = acts
  const openedAt = clock.now()
  let hasLooked = false

  /** One that cannot be asked at all is none. */
  const tryHeld = async ({ name: model, version }: SoundVersion): Promise<void> => {
    const current = trials.of(model)
    if (current !== undefined) {
      const why = `version ${version} came before its trial ended`
      await reject('stopped', model, current.version, { by: itself, why })
    }
    const { way, shadowShare, canaryShare } = rules()
    const phase = way === 'canary' && roleOf(model) !== 'recall' ? 'canary' : 'shadow'
    const share = phase === 'canary' ? canaryShare : shadowShare
    const why = `parameter promotion: ${way}`
    try {
      await begin(model, phase, { version, share, by: itself, why })
    } catch (error) {
      await reject('stopped', model, version, { by: itself, why: wordsOf(error) })
    }
  }

  const take: VersionIntake['take'] = async (made, by) => {
    if (made.status === 'damaged') return
    const { name: model, version, note: why = '', metrics: figures } = made
    const step = made.status === 'held' ? 'held' : 'promoted'
    await write({ step, model, version, by, why, figures })
    if (step === 'held') await tryHeld(made)
  }

  return {
    take,
    async takeUntold(wanted) {
      if (hasLooked) return
      hasLooked = true
      // The oldest first, so that the newest is the one that ends up on trial.
      for (const made of (await models.registry.list()).toReversed()) {
        if (made.status !== 'held' || made.publishedAt >= openedAt) continue
        if (!wanted.includes(made.name)) continue
        const { steps = [] } = (await releaseOf(made.name)) ?? {}
        const newest = Math.max(0, ...steps.map(({ version }) => version))
        if (made.version > newest) await take(made, itself)
      }
    },
  }
}
