import { invalid } from '../../error.ts'
import { discount, idealGain } from './ranked-list.ts'

/**
 * Where a target stands among all that was scored.
 *
 * Things of equal score stand in no order, so a target has not one place but a chance of 1 / tied
 * of each from above + 1 to above + tied. The metrics here are the means over those chances: a
 * model that scores all alike gets what chance would get, however the things are numbered.
 */
export interface TiedRank {
  /** Things with a higher score. */
  readonly above: number
  /** Things with the same score, itself included. */
  readonly tied: number
}

/**
 * The ranks of targets among all scores; a score that is no number counts as the lowest. Things
 * that must not be recommended are to be scored -Infinity before.
 *
 * One pass for all targets: most things stand below every target, and are told by one comparison.
 */
export function tiedRanks(scores: Float32Array, targets: ArrayLike<number>): TiedRank[] {
  const wanted = Float32Array.from(targets, (target) => lowIfNone(scores[target]!))
  if (wanted.length === 1) return [tiedRank(scores, wanted[0]!)]
  // The different scores of targets, ascending; and how many things stand at and just above each.
  const levels = new Float32Array(new Set(wanted)).sort()
  const at = new Uint32Array(levels.length)
  const beyond = new Uint32Array(levels.length)
  const lowest = levels.length === 0 ? Number.POSITIVE_INFINITY : levels[0]!
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place]!
    if (score < lowest) continue
    const level = levelOf(levels, lowIfNone(score))
    if (level < 0) continue
    if (levels[level] === lowIfNone(score)) at[level]! += 1
    else beyond[level]! += 1
  }
  const above = new Uint32Array(levels.length)
  for (let level = levels.length - 1; level >= 0; level--) {
    const next = level + 1 < levels.length ? above[level + 1]! + at[level + 1]! : 0
    above[level] = next + beyond[level]!
  }
  return Array.from(wanted, (score) => {
    const level = levelOf(levels, score)
    return { above: above[level]!, tied: at[level]! }
  })
}

function tiedRank(scores: Float32Array, wanted: number): TiedRank {
  let [above, least] = [0, 0]
  // Sums instead of branches, which nobody could foretell: a third of the time.
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place]!
    above = (above + +(score > wanted)) | 0
    least = (least + +(score >= wanted)) | 0
  }
  // What is no number stands among the lowest, and equals nothing.
  return { above, tied: (wanted > Number.NEGATIVE_INFINITY ? least : scores.length) - above }
}

/** The last level that is not above the score; -1 where all are. */
function levelOf(levels: Float32Array, score: number): number {
  let [low, high] = [0, levels.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (levels[middle]! <= score) low = middle + 1
    else high = middle
  }
  return low - 1
}

function lowIfNone(score: number): number {
  return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score
}

/** The share of the targets expected among the first k; for a single target its hit rate at k. */
export function expectedRecall(ranks: readonly TiedRank[], k: number): number {
  checkSome(ranks)
  const within = ({ above, tied }: TiedRank) => Math.min(1, Math.max(0, (k - above) / tied))
  return mean(ranks.map(within))
}

/** The gain expected of the first k, by the best possible one: see `ndcgAt`. */
export function expectedNdcg(ranks: readonly TiedRank[], k: number): number {
  checkSome(ranks)
  let gain = 0
  for (const { above, tied } of ranks) {
    let sum = 0
    for (let place = above + 1; place <= Math.min(above + tied, k); place++) sum += discount(place)
    gain += sum / tied
  }
  return gain / idealGain(ranks.length, k)
}

/** The mean of 1 / place of a single target; places beyond the k-th, where one is given, are 0. */
export function expectedReciprocalRank(
  { above, tied }: TiedRank,
  k = Number.POSITIVE_INFINITY,
): number {
  let sum = 0
  for (let place = above + 1; place <= Math.min(above + tied, k); place++) sum += 1 / place
  return sum / tied
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function checkSome(ranks: readonly TiedRank[]): void {
  if (ranks.length === 0) throw invalid('ranks', 'are empty, must hold at least one')
}
