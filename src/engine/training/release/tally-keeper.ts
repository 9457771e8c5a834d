import type { Trial } from '../../../state/releases/releases.ts'
import type { ReleaseActs } from './release-acts.ts'
import { tallyJson } from './tally.ts'
import type { TrialBench } from './trial-bench.ts'

/** Writes down how far shadows are, for whoever opens the engine next. */
export interface TallyKeeper {
  /** Those that ran so often since they were written down. */
  keep(runsMin: number): Promise<void>
  /** The log knows of all that is counted of this model. */
  known(model: string, trial: Trial): void
}

export function tallyKeeper(
  trials: Pick<TrialBench, 'models' | 'of' | 'tally'>,
  { write }: Pick<ReleaseActs, 'write'>,
  by: string,
): TallyKeeper {
  /** Runs of each trial that the log knows of. */
  const told = new Map<string, number>()
  const keyOf = (model: string, { version, since }: Trial) => `${model}/${version} ${since}`
  return {
    async keep(runsMin) {
      for (const model of trials.models()) {
        const [trial, tally] = [trials.of(model), trials.tally(model)]
        if (trial === undefined || tally === undefined) continue
        const key = keyOf(model, trial)
        const { runs } = tally
        if (Math.abs(runs - (told.get(key) ?? 0)) < runsMin) continue
        const why = `${runs} runs in the shadow`
        const { version } = trial
        await write({ step: 'tallied', model, version, by, why, tally: tallyJson(tally) })
        told.set(key, runs)
      }
    },

    known(model, trial) {
      told.set(keyOf(model, trial), trials.tally(model)?.runs ?? 0)
    },
  }
}
