import type { UserId } from '../../src/events/event.ts'
import { topK } from '../../src/kernel/top-k.ts'
import { type TiedRank, tiedRanks } from '../../src/models/evaluation/tied-rank.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'
import type { Ranking } from './contender.ts'
import type { Trial } from './walk.ts'

/** What one row made of one trial. */
export interface Verdict {
  readonly user: UserId
  readonly target: Ordinal
  /** Items that the user had acted on. */
  readonly pastCount: number
  /** Where the target stood among all that was ranked; undefined where a list lacks it. */
  readonly rank: TiedRank | undefined
  /** The first ten. */
  readonly page: Uint32Array
}

export const pageLength = 10

/**
 * One verdict per row. What the user has acted on is left out, and then the target is looked for.
 */
export function verdictsOf({ user, target, acted, rankings }: Trial): readonly Verdict[] {
  const pastCount = acted.size
  return rankings.map((ranking) => ({ user, target, pastCount, ...found(ranking, target, acted) }))
}

function found(ranking: Ranking, target: Ordinal, acted: ReadonlySet<Ordinal>) {
  if ('list' in ranking) {
    const list = Uint32Array.from(ranking.list).filter((item) => !acted.has(item))
    const place = list.indexOf(target)
    const rank = place < 0 ? undefined : { above: place, tied: 1 }
    return { rank, page: list.slice(0, pageLength) }
  }
  const scores = ranking.scores.slice()
  for (const item of acted) scores[item] = Number.NEGATIVE_INFINITY
  return { rank: tiedRanks(scores, [target])[0], page: topK(scores, pageLength) }
}
