/**
 * How good one ranked list is, judged by the set of things that were relevant: metrics lie in
 * [0, 1], and throw `invalid_argument` where nothing was relevant.
 */
import { invalid } from '../../error.ts'

/** Any number of things, best first, none twice: ordinals in a typed array, or ids in a list. */
type Ranked<T> = ArrayLike<T>

/** The share of the relevant things among the first k. */
export function recallAt<T>(ranked: Ranked<T>, relevant: ReadonlySet<T>, k: number): number {
  let hitCount = 0
  for (let place = 0; place < Math.min(k, ranked.length); place++) {
    if (relevant.has(ranked[place]!)) hitCount++
  }
  return hitCount / sizeOf(relevant)
}

/**
 * Discounted gain of the first k, by that of the best list possible, which holds min(|relevant|,
 * k) relevant things (Järvelin and Kekäläinen 2002, with gains of 0 and 1 and the discount log2(1 +
 * place)).
 */
export function ndcgAt<T>(ranked: Ranked<T>, relevant: ReadonlySet<T>, k: number): number {
  let gain = 0
  for (let place = 0; place < Math.min(k, ranked.length); place++) {
    if (relevant.has(ranked[place]!)) gain += discount(place + 1)
  }
  return gain / idealGain(sizeOf(relevant), k)
}

/** One by the place of the first relevant thing, from 1; 0 where there is none. */
export function reciprocalRank<T>(ranked: Ranked<T>, relevant: ReadonlySet<T>): number {
  sizeOf(relevant)
  for (let place = 0; place < ranked.length; place++) {
    if (relevant.has(ranked[place]!)) return 1 / (place + 1)
  }
  return 0
}

/** What a relevant thing at a place, counted from 1, is worth. */
export function discount(place: number): number {
  return 1 / Math.log2(place + 1)
}

/** The discounted gain of a list that begins with min(relevantCount, k) relevant things. */
export function idealGain(relevantCount: number, k: number): number {
  let gain = 0
  for (let place = 1; place <= Math.min(relevantCount, k); place++) gain += discount(place)
  return gain
}

function sizeOf(relevant: ReadonlySet<unknown>): number {
  // A mean over users is a mean over those who had something to be found.
  if (relevant.size === 0) throw invalid('relevant', 'is empty, must hold at least one thing')
  return relevant.size
}
