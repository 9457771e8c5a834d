import type { InteractionData } from '../evaluation/formats/interaction-data.ts'
import type { RatingsData } from '../evaluation/formats/ratings-data.ts'
import type { SequenceData } from '../evaluation/formats/sequence-data.ts'
import type { LibfmData } from '../evaluation/protocols/libfm.ts'
import type { Format, Split } from '../evaluation/protocols/protocol.ts'
import type { Asked } from '../evaluation/protocols/question.ts'
import type { Interactions } from '../interactions.ts'
import { unordered } from '../sequences.ts'
import { chooseSettings, type SearchBudget, trialText } from './choose-settings.ts'
import type { AnyContender, Fitted } from './contender.ts'
import { fieldOf } from './contenders-of.ts'
import type { Entrant } from './hands/hand.ts'
import { judgeLists } from './judge-lists.ts'
import { judgeRows } from './judge-rows.ts'
import { judgeStars } from './judge-stars.ts'
import type { Judged, JudgedOptions } from './judged.ts'

/** What the process spends, and what time it is: nothing that is learned depends on them. */
export interface Gauges {
  now(): number
  /** CPU seconds so far of all threads that learn. */
  cpuSeconds(): number
  /** The most memory held so far. */
  peakBytes(): number
}

/** What all contenders of an evaluation are given alike. */
export interface Ground {
  readonly format: Format
  readonly split: Split<unknown, unknown>
  readonly k: number
  readonly seed: number | string
  /** Settings are searched within it; the usual ones where it is left out. */
  readonly budget?: SearchBudget
  /** What searches judge by, cut from what may be learned from; there with a budget. */
  readonly cut?: Split<unknown, unknown>
  readonly gauges: Gauges
  readonly signal?: AbortSignal
  readonly onProgress?: (step: string, share: number) => void
  readonly tell?: (line: string) => void
}

/** True where there is something to search for, and no time: a fit takes as long as a search. */
export function isTooLong(contender: AnyContender, { budget, split }: Ground): boolean {
  if (budget === undefined || contender.space === undefined) return false
  return contender.isLong?.(split.data) === true
}

/**
 * Chooses settings where there is a budget, learns with them, and asks what was learned. Where
 * fewer seconds are left than a search may take, it takes those.
 */
export async function learnAndJudge(
  contender: AnyContender,
  ground: Ground,
  secondsLeft = Number.POSITIVE_INFINITY,
  others: readonly Fitted<unknown>[] = [],
): Promise<Entrant> {
  const { format, split, k, seed, budget, gauges, signal } = ground
  const { name: model, isBaseline = false, isBlend = false, kind } = contender
  const onProgress = (step: string, share: number): void =>
    ground.onProgress?.(`${model}, ${step}`, share)
  // What a fit took, in CPU seconds, by its settings.
  const costs = new Map<string, number>()
  const fit: AnyContender['fit'] = async (data, settings, run) => {
    const begun = gauges.cpuSeconds()
    const learned = await contender.fit(data, settings, run, others)
    costs.set(JSON.stringify(settings), gauges.cpuSeconds() - begun)
    return learned
  }
  const told = { ...ground, onProgress }
  const found = await chosenSettings({ ...contender, fit }, told, secondsLeft)
  const settings = found?.settings ?? contender.settings
  // The same data, settings and seed give the same model: it need not be learned twice.
  const isThere = found?.learned !== undefined && budget?.seed === seed
  const learned = isThere
    ? found.learned
    : await fit(split.data, settings, {
        ...{ seed, onProgress: (share) => onProgress('learning', share) },
        ...(signal && { signal }),
      })
  const trainSeconds = costs.get(JSON.stringify(settings))!
  const spent = { trainSeconds, peakBytes: gauges.peakBytes() }
  const judged = await judgeOf(format, split)(learned as never, {
    ...{ k, seed, onProgress: (share) => onProgress('asking', share) },
    ...(signal && { signal }),
  })
  const inUse = { ...settings, ...contender.told?.(learned) }
  const trials = found?.trials.length ?? 0
  const evaluated = { model, isBaseline, settings: inUse, trials, ...spent, ...judged }
  if (isBaseline || isBlend) return { model: evaluated }
  const rehearsal = found?.rehearsal
  const fitted = { name: model, learned, ...(kind && { kind }), ...(rehearsal && { rehearsal }) }
  return { model: evaluated, fitted }
}

async function chosenSettings(contender: AnyContender, ground: Ground, secondsLeft: number) {
  const { format, split, k, budget, cut, gauges, signal, tell, onProgress } = ground
  if (budget === undefined || contender.space === undefined) return undefined
  if (isTooLong(contender, ground)) return undefined
  const { protocol } = fieldOf(format)
  return chooseSettings({
    ...{ protocol, data: split.data, contender, budget, now: gauges.now, secondsLeft },
    ...(onProgress && { onProgress }),
    ...(lists(format) && { k, isWary: true }),
    ...{ ...(signal && { signal }), ...(contender.points && { points: contender.points }) },
    ...(cut && { cut }),
    // Several may search at once: each line says whose it is.
    onTrial: (trial, metric) => tell?.(`  ${contender.name}, ${trialText(trial, metric)}`),
  })
}

/** True for formats whose answers are lists of items. */
export const lists = (format: Format): boolean => format !== 'libfm' && format !== 'ratings'

type Judge = (learned: never, options: JudgedOptions) => Promise<Judged>

/** What is learned of data of a format answers to its own kind of questions. */
function judgeOf(format: Format, { data, part }: Split<unknown, unknown>): Judge {
  if (format === 'libfm')
    return (learned, options) => judgeRows(learned, part as never, data as LibfmData, options)
  if (format === 'ratings')
    return (learned, options) => judgeStars(learned, part as never, data as RatingsData, options)
  const train = trainOf(data as InteractionData | SequenceData)
  // Tables of sessions call the hit rate precision.
  const also = format === 'sessions' ? (['P'] as const) : []
  return (learned, options) => judgeLists(learned, part as Asked, train, { ...options, also })
}

/** Who met what, in whatever order. */
export function trainOf({ train }: InteractionData | SequenceData): Interactions {
  return 'rowCount' in train ? train : unordered(train)
}
