import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { TrainingRun } from '../model.ts'
import { isHopeless } from './median-pruning.ts'
import { anyOf, checkSpace, type Settings, type Space } from './space.ts'
import { suggestByParzen } from './tpe.ts'
import { bestOf, type Sampler, type Trial } from './trial.ts'

/** What one trial is told, besides its settings. */
export interface TrialRun extends TrainingRun {
  /** Throws where a value is so bad that the rest would be wasted: the trial then ends. */
  readonly report: (value: number) => void
}

export interface SearchOptions {
  readonly space: Space
  /** How good a point is, the higher the better; judged on a validation part, never on a test. */
  readonly objective: (settings: Settings, run: TrialRun) => Promise<number> | number
  readonly sampler: Sampler
  readonly seed: number | string
  /** Trials in all, those that went before included. */
  readonly trialsMax: number
  /** No trial begins after so long, and one under way is ended. The first is seen to its end. */
  readonly secondsMax?: number
  /** The same for trials of `first`, where these may take longer; `secondsMax` where left out. */
  readonly firstSecondsMax?: number
  /** Milliseconds of any clock. */
  readonly now: () => number
  /** Tried before anything else: settings in use, or those of a paper. */
  readonly first?: readonly Settings[]
  /** Of an earlier run of the same search, which goes on where that ended. */
  readonly trials?: readonly Trial[]
  readonly signal?: AbortSignal
  /** To be written down: a search that is interrupted goes on with them. */
  readonly onTrial?: (trial: Trial) => void | Promise<void>
}

export interface SearchResult {
  readonly best: Trial
  readonly trials: readonly Trial[]
}

/** The end of a trial that is not worth going on with. */
class Pruned extends Error {}

/**
 * Looks for good settings within a budget. The same seed gives the same points, as long as the
 * objective gives the same values; those that seconds cut short differ.
 *
 * Rejects with `invalid_argument` for a space that holds nothing, and where no trial was complete.
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const { space, seed, trialsMax, now, first = [], signal } = options
  checkSpace(space)
  if (!(Number.isInteger(trialsMax) && trialsMax >= 1)) {
    throw invalid('trialsMax', `${trialsMax} must be a whole number >= 1`)
  }
  const trials = [...(options.trials ?? [])]
  const { secondsMax = Number.POSITIVE_INFINITY } = options
  const { firstSecondsMax = secondsMax } = options
  const begunMs = now()
  while (trials.length < trialsMax) {
    const isFirst = trials.length < first.length
    const deadlineMs = begunMs + 1_000 * (isFirst ? firstSecondsMax : secondsMax)
    if (now() >= deadlineMs && bestOf(trials) !== undefined) break
    signal?.throwIfAborted()
    const random = seededRandom(seed).fork(`trial ${trials.length}`)
    const suggest = options.sampler === 'tpe' ? suggestByParzen : anyPoint
    const settings = first[trials.length] ?? suggest(space, trials, random)
    const trial = await tried(settings, trials, { ...options, deadlineMs })
    if (trial === undefined) break
    trials.push(trial)
    await options.onTrial?.(trial)
    // Where nothing works, the fault is not that of the settings.
    const failed = trials.every(({ state }) => state === 'failed')
    if (failed && trials.length >= 3) break
  }
  const best = bestOf(trials)
  if (best !== undefined) return { best, trials }
  throw invalid('space', `holds nothing that works: ${trials.at(-1)?.error ?? 'no trial ended'}`)
}

const anyPoint = (space: Space, _: readonly Trial[], random: Parameters<typeof anyOf>[1]) =>
  anyOf(space, random)

/** Undefined where time ran out before it ended. */
async function tried(
  settings: Settings,
  before: readonly Trial[],
  options: SearchOptions & { readonly deadlineMs: number },
): Promise<Trial | undefined> {
  const { objective, seed, now, signal, deadlineMs } = options
  const startedMs = now()
  const steps: number[] = []
  const late = new AbortController()
  const check = (): void => {
    if (bestOf(before) !== undefined && now() >= deadlineMs) late.abort(new Pruned('out of time'))
  }
  const run: TrialRun = {
    seed,
    signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    onProgress: check,
    report(value) {
      steps.push(value)
      check()
      late.signal.throwIfAborted()
      if (isHopeless(steps, before)) throw new Pruned('worse than the median')
    },
  }
  const trial = (state: Trial['state'], more: Partial<Trial>): Trial => ({
    ...{ number: before.length, settings, state, ...more, steps },
    seconds: (now() - startedMs) / 1_000,
  })
  try {
    const value = await objective(settings, run)
    if (Number.isFinite(value)) return trial('complete', { value })
    return trial('failed', { error: `the objective is ${value}, which is no number to go by` })
  } catch (error) {
    signal?.throwIfAborted()
    if (late.signal.aborted) return undefined
    if (error instanceof Pruned) return trial('pruned', { value: steps.at(-1)! })
    return trial('failed', { error: error instanceof Error ? error.message : String(error) })
  }
}
