import { seededRandom } from '../../kernel/random.ts'
import { wholeOf } from '../evaluation/interval-of.ts'
import { isLoss, type Protocol, type Sample, type Split } from '../evaluation/protocols/protocol.ts'
import { type SearchResult, search, type TrialRun } from '../search/search.ts'
import type { Settings } from '../search/space.ts'
import type { Sampler, Trial } from '../search/trial.ts'
import type { AnyContender, Rehearsal } from './contender.ts'
import { figuresOf, lookFirst } from './look-first.ts'

/** How much a search may cost. */
export interface SearchBudget {
  readonly sampler: Sampler
  readonly trials: number
  /** No trial begins after so long, and one under way is ended; points told have thrice as long. */
  readonly seconds: number
  readonly seed: number | string
  /** At most so many are asked for each trial, the same ones. */
  readonly usersMax: number
  /** So long all contenders of an evaluation may search, from its beginning: else for ever. */
  readonly secondsInAll?: number
}

export interface Chosen extends SearchResult {
  /** The metric that decided: the first of the protocol. */
  readonly metric: string
  readonly settings: Settings
  /** What the best came to on the validation part, by metric. */
  readonly figures: Readonly<Record<string, number>>
  /** The model that came of the settings, where nothing was cut from what may be learned from. */
  readonly learned?: unknown
  /** What it was judged by, where something was. */
  readonly rehearsal?: Rehearsal<unknown>
}

export interface ChooseOptions {
  readonly protocol: Protocol<unknown, unknown, unknown>
  /** How long lists are; the protocol's own length where left out. */
  readonly k?: number
  /** What may be learned from; nothing of a test. */
  readonly data: unknown
  readonly contender: Pick<AnyContender, 'settings' | 'space' | 'fit'>
  readonly budget: SearchBudget
  /** Milliseconds of any clock. */
  readonly now: () => number
  /** Of the data by the budget, where it was made already; else it is made. */
  readonly cut?: Split<unknown, unknown>
  /** What is left of the seconds of all searches; points told may go beyond them by one search. */
  readonly secondsLeft?: number
  /** What is usual stays in use unless another is better beyond what chance does. */
  readonly isWary?: boolean
  /** Of an earlier search, which goes on where that ended. */
  readonly trials?: readonly Trial[]
  /** Tried next, before what the sampler would: what somebody thinks of, or has read. */
  readonly points?: readonly Settings[]
  readonly onTrial?: (trial: Trial, metric: string) => void | Promise<void>
  readonly onProgress?: (step: string, share: number) => void
  readonly signal?: AbortSignal
}

/** So many times as long as a search the usual settings and points told may take: they are few. */
const pointsPatience = 3

/** What a search judges by, cut from what may be learned from: the same for all of a budget. */
export function cutOf(
  protocol: Protocol<unknown, unknown, unknown>,
  whole: unknown,
  { seed, usersMax }: Pick<SearchBudget, 'seed' | 'usersMax'>,
): Split<unknown, unknown> {
  const random = seededRandom(seed)
  const { data, part } = protocol.validation(whole, random.fork('validation'))
  return { data, part: protocol.some(part, usersMax, random.fork('users')) }
}

/** A trial's model, while it is the one to beat. */
interface Kept {
  readonly worth: number
  readonly settings: string
  /** Of the metric that decides. */
  readonly sample: Sample
  readonly figures: Readonly<Record<string, number>>
  readonly learned: unknown
}

/**
 * Chooses settings on a part that is cut from what may be learned from, by its first metric. Of a
 * trial that is surely worse than the best so far, no more is asked than it takes to see that: its
 * value is then the best one's less by how much it is worse there.
 */
export async function chooseSettings(options: ChooseOptions): Promise<Chosen> {
  const { protocol, k, data, contender, budget, isWary = false, onTrial, onProgress } = options
  const { space = {}, settings: usual } = contender
  const { data: known, part } = options.cut ?? cutOf(protocol, data, budget)
  let metric = ''
  // One model is held at a time: that of the best trial so far.
  let kept: Kept | undefined
  let usualSample: Sample | undefined
  const judge = lookFirst(protocol, part)
  const objective = async (settings: Settings, run: TrialRun): Promise<number> => {
    const learning = (share: number) => {
      run.onProgress?.(share)
      onProgress?.('learning', share)
    }
    const learned = await contender.fit(
      known,
      { ...usual, ...settings },
      { ...run, onProgress: learning },
    )
    const best = kept?.sample
    const asking = { ...(k !== undefined && { k }), ...(best && { best }), ...signalOf(run) }
    const looked = await judge(learned, asking)
    if ('below' in looked) return kept!.worth - looked.below
    const { judgement } = looked
    const [[name, sample]] = Object.entries(judgement) as [[string, Sample]]
    metric = name
    const worth = isLoss(metric) ? -wholeOf(sample) : wholeOf(sample)
    const isBetter = kept === undefined || worth > kept.worth
    if (isBetter && !(isWary && usualSample && isChance(sample, usualSample))) {
      const figures = figuresOf(judgement)
      kept = { worth, settings: JSON.stringify(settings), sample, figures, learned }
    }
    usualSample ??= sample
    return worth
  }
  const inUse = Object.entries(usual).filter(([name]) => name in space)
  // What is usual is tried first, so that a search never ends below it.
  const first = inUse.length === Object.keys(space).length ? [Object.fromEntries(inUse)] : []
  const { trials = [], points = [], secondsLeft = Number.POSITIVE_INFINITY } = options
  const left = Math.max(0, secondsLeft)
  const before = trials.length === 0 ? first : trials.map(({ settings }) => settings)
  const result = await search({
    ...{ space, objective, sampler: budget.sampler, seed: budget.seed, now: options.now },
    ...{ trialsMax: budget.trials, secondsMax: Math.min(budget.seconds, left), trials },
    first: [...before, ...points],
    firstSecondsMax: Math.min(pointsPatience * budget.seconds, left + budget.seconds),
    onTrial: (trial) => onTrial?.(trial, metric),
    ...signalOf(options),
  })
  const best = chosenOf(result, isWary ? kept : undefined)
  const own = kept?.settings === JSON.stringify(best.settings) ? kept : undefined
  return {
    ...{ ...result, metric, settings: { ...usual, ...best.settings }, figures: own?.figures ?? {} },
    ...(own && known === data && { learned: own.learned }),
    ...(own &&
      known !== data && {
        rehearsal: { learned: own.learned, part, worth: own.worth, ...(k !== undefined && { k }) },
      }),
  }
}

const signalOf = ({ signal }: { readonly signal?: AbortSignal }) => ({ ...(signal && { signal }) })

/** The trial whose model is kept; the best of all where that is none of this search. */
function chosenOf({ best, trials }: SearchResult, kept: Kept | undefined): Trial {
  return trials.find(({ settings }) => JSON.stringify(settings) === kept?.settings) ?? best
}

/** Standard errors below which a gain over the same users is chance (Breiman et al. 1984). */
const errorsMin = 1

/** True where one sample is not above another of the same users beyond what chance does. */
function isChance(sample: Sample, other: Sample): boolean {
  if (!(sample instanceof Float64Array && other instanceof Float64Array)) return false
  const gains = sample.map((value, user) => value - other[user]!)
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)
  const error = Math.sqrt(squares) / gains.length
  return mean <= errorsMin * error
}

/** A line about a trial, for people. */
export function trialText(trial: Trial, metric: string): string {
  const { number, state, value, settings, seconds, error } = trial
  const came = state === 'failed' ? error : `${metric} ${Math.abs(value ?? 0).toFixed(4)}`
  return `trial ${number} ${state}: ${came} in ${seconds.toFixed(1)} s, ${JSON.stringify(settings)}`
}
