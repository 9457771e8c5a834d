import { search } from '../../../models/search/search.ts'
import type { Trial } from '../../../models/search/trial.ts'
import type { Outcome, TrainableKind, Work } from '../kinds/kind.ts'
import { type Settings, settingsOf } from '../kinds/settings.ts'
import { noCheckpoints } from './checkpoints.ts'
import type { SearchAsked } from './job.ts'
import { spaceOf } from './search-space.ts'

/**
 * Searches for settings within a budget of trials, and trains with the best of them. Each trial
 * learns from the earlier part of the data and is judged by the later one; the gate comes after.
 * `before` are the trials of an earlier attempt, which are not made again.
 */
export async function searchAndTrain(
  kind: TrainableKind,
  data: unknown,
  work: Work,
  asked: SearchAsked,
  before: readonly Trial[],
  onTrial: (trial: Trial) => void,
): Promise<Outcome> {
  const withBest = (found: Readonly<Record<string, unknown>>): Settings =>
    settingsOf(kind.settings, { ...work.settings, ...found })
  const { best } = await search({
    space: spaceOf(kind.settings, asked),
    sampler: asked.way,
    seed: work.seed,
    trialsMax: asked.trials,
    now: () => performance.now(),
    trials: before,
    onTrial(trial) {
      work.say(`trial ${trial.number}: ${JSON.stringify(trial.settings)} ${wordsOn(trial)}`)
      work.report('trials', (trial.number + 1) / asked.trials)
      onTrial(trial)
    },
    async objective(settings) {
      const trialWork = { ...work, settings: withBest(settings), checkpoints: noCheckpoints }
      const metrics = await kind.trial(data, { ...trialWork, report: () => undefined })
      return metrics[kind.objective] ?? Number.NaN
    },
  })
  work.say(`the best: trial ${best.number}, ${kind.objective} ${best.value}`)
  const outcome = await kind.train(data, { ...work, settings: withBest(best.settings) })
  return {
    ...outcome,
    verdict: `${outcome.verdict}; with ${JSON.stringify(best.settings)}, best of ${asked.trials}`,
  }
}

function wordsOn({ state, value, error }: Trial): string {
  return state === 'complete' ? `came to ${value}` : `${state}: ${error ?? value}`
}
