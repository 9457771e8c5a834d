import { topK } from '../../src/kernel/top-k.ts'
import { expectedNdcg, expectedRecall, expectedReciprocalRank, type TiedRank, tiedRanks } from '../../src/models/evaluation/tied-rank.ts'
import type { UserId } from '../../src/events/event.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'
import type { Ranking } from './contender.ts'
import type { Trial } from './walk.ts'

/** What one row made of one trial. */
export interface Verdict {
  readonly user: UserId
  readonly target: Ordinal
  readonly pastCount: number
  /** Where the target stood among all that was ranked; undefined where a list lacks it. */
  readonly rank: TiedRank | undefined
  /** The first ten. */
  readonly page: Uint32Array
}

const pageLength = 10

/** Leaves out what the user has acted on, and finds the target. */
export function verdicts({ user, target, acted, pastCount, rankings }: Trial): readonly Verdict[] {
  return rankings.map((ranking) => ({ user, target, pastCount, ...judged(ranking, target, acted) }))
}

function judged(ranking: Ranking, target: Ordinal, acted: ReadonlySet<Ordinal>) {
  if ('list' in ranking) {
    const list = Uint32Array.from(ranking.list).filter((item) => !acted.has(item))
    const place = list.indexOf(target)
    const rank = place < 0 ? undefined : { above: place, tied: 1 }
    return { rank, page: list.slice(0, pageLength) }
  }
  const scores = ranking.scores.slice()
  for (const item of acted) scores[item] = Number.NEGATIVE_INFINITY
  return { rank: tiedRanks(scores, [target])[0]!, page: topK(scores, pageLength) }
}

/** A number in [0, 1] for where the target stood. */
export interface Metric {
  readonly name: string
  of(rank: TiedRank | undefined): number
}

export const metrics: readonly Metric[] = [
  { name: 'HR@10', of: (rank) => (rank ? expectedRecall([rank], 10) : 0) },
  { name: 'NDCG@10', of: (rank) => (rank ? expectedNdcg([rank], 10) : 0) },
  { name: 'MRR', of: (rank) => (rank ? expectedReciprocalRank(rank) : 0) },
  { name: 'HR@200', of: (rank) => (rank ? expectedRecall([rank], 200) : 0) },
]

/** The mean of a metric over each user's trials, users in the order in which they came. */
export function perUser(verdicts: readonly Verdict[], metric: Metric): Float64Array {
  const sums = new Map<UserId, { sum: number; count: number }>()
  for (const { user, rank } of verdicts) {
    let entry = sums.get(user)
    if (entry === undefined) sums.set(user, (entry = { sum: 0, count: 0 }))
    entry.sum += metric.of(rank)
    entry.count++
  }
  return Float64Array.from(sums.values(), ({ sum, count }) => sum / count)
}
