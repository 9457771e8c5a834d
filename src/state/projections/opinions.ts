import { positiveSignal, type Signals, signalOf } from '../../events/signals.ts'
import type { Deed, History } from './history.ts'
import type { Ordinal } from './projection.ts'

/** What a user's deeds amount to: one signal per item, in the order in which it was settled. */
export interface Opinions {
  /** Each item once, that of the newest deed first. */
  readonly items: readonly Ordinal[]
  /** One per item, within ±`signalMax`; never 0. */
  readonly signals: readonly number[]
  /** Items with a signal of at least `positiveSignal`, by the newest deeds that earned it. */
  readonly positives: readonly Deed[]
}

/**
 * Beyond this more of the same says no more: a film played nine times is not liked thrice as much.
 */
export const signalMax = 4

/**
 * The signals of a user's deeds, by item. Deeds of one direction add up; what was done before the
 * user changed their mind (a like before an unlike) no longer counts.
 *
 * Looks back only until `positivesMax` items were found to be liked.
 */
export function opinionsOf(
  history: History,
  signals: Signals,
  positivesMax = Number.POSITIVE_INFINITY,
): Opinions {
  const { sums, positives } = judged(history, signals, positivesMax)
  return { items: [...sums.keys()], signals: [...sums.values()], positives }
}

/** The newest deeds that earned an item a like, at most so many: `positives` of `opinionsOf`. */
export function likedLately(history: History, signals: Signals, countMax: number): readonly Deed[] {
  return judged(history, signals, countMax).positives
}

function judged(history: History, signals: Signals, positivesMax: number) {
  const sums = new Map<Ordinal, number>()
  const settled = new Set<Ordinal>()
  const positives: Deed[] = []
  for (let index = history.length - 1; index >= 0 && positives.length < positivesMax; index--) {
    const deed = history[index]!
    const { item, action, value } = deed
    const signal = signalOf(signals, action, value)
    if (signal === 0 || settled.has(item)) continue
    const before = sums.get(item) ?? 0
    if (before * signal < 0) {
      settled.add(item)
      continue
    }
    const sum = Math.max(-signalMax, Math.min(signalMax, before + signal))
    sums.set(item, sum)
    if (before < positiveSignal && sum >= positiveSignal) positives.push(deed)
  }
  return { sums, positives }
}
