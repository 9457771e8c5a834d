import type { UserId } from '../../src/events/event.ts'
import {
  expectedNdcg,
  expectedRecall,
  expectedReciprocalRank,
  type TiedRank,
} from '../../src/models/evaluation/tied-rank.ts'
import type { Verdict } from './verdict.ts'

/** A number in [0, 1] for where a single target stood; 0 where it was not found. */
export interface Metric {
  readonly name: string
  of(rank: TiedRank): number
}

export const metrics = {
  hit: { name: 'HR@10', of: (rank) => expectedRecall([rank], 10) },
  gain: { name: 'NDCG@10', of: (rank) => expectedNdcg([rank], 10) },
  reciprocal: { name: 'MRR', of: expectedReciprocalRank },
  /** As far as a slate reaches: what a user could come to see by refreshing. */
  found: { name: 'HR@200', of: (rank) => expectedRecall([rank], 200) },
} satisfies Record<string, Metric>

/** The mean of a metric over each user's trials; users in the order in which they came. */
export function perUser(verdicts: readonly Verdict[], metric: Metric): Float64Array {
  const sums = new Map<UserId, { sum: number; count: number }>()
  for (const { user, rank } of verdicts) {
    let entry = sums.get(user)
    if (entry === undefined) sums.set(user, (entry = { sum: 0, count: 0 }))
    entry.sum += rank === undefined ? 0 : metric.of(rank)
    entry.count++
  }
  return Float64Array.from(sums.values(), ({ sum, count }) => sum / count)
}

/** The mean over users of their means. */
export function meanOver(verdicts: readonly Verdict[], metric: Metric): number {
  const values = perUser(verdicts, metric)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
