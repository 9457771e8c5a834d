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
 */
export function tiedRanks(scores: Float32Array, targets: ArrayLike<number>): TiedRank[] {
  return Array.from(targets, (target) => {
    const score = lowIfNone(scores[target]!)
    let [above, tied] = [0, 0]
    for (let place = 0; place < scores.length; place++) {
      const other = lowIfNone(scores[place]!)
      if (other > score) above++
      else if (other === score) tied++
    }
    return { above, tied }
  })
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

/** The mean of 1 / place of a single target. */
export function expectedReciprocalRank({ above, tied }: TiedRank): number {
  let sum = 0
  for (let place = above + 1; place <= above + tied; place++) sum += 1 / place
  return sum / tied
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function checkSome(ranks: readonly TiedRank[]): void {
  if (ranks.length === 0) throw invalid('ranks', 'are empty, must hold at least one')
}
