import type { NumberSums } from '../../kernel/number-sums.ts'
import type { ActivityView } from '../activity/activity-view.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Rows as TableRows } from '../tables/table.ts'
import { factorMatch } from './factor-match.ts'
import type { Feature } from './feature.ts'
import { interestMatch } from './interests/interest-match.ts'
import { itemActivity } from './item-activity.ts'
import { itemAge } from './item-age.ts'
import { itemMomentum } from './item-momentum.ts'
import { neighborScore } from './liked-neighbors.ts'
import { type NumberAttribute, numberAttribute } from './number-attribute.ts'
import type { PerRequest } from './per-request.ts'
import { sourceCount, sourceRanks } from './source-ranks.ts'
import { tagAffinity } from './tags/tag-affinity.ts'
import { userActivity } from './user-activity.ts'
import type { UserVector } from './user-vector.ts'

/** What the features read beside the user: all of it in memory. */
export interface Resident {
  readonly catalogue: Catalogue
  /** Rows of `itemCounters`. */
  readonly counters: TableRows
  readonly activity: ActivityView
  /** Made by `likedNeighbors`; the source `item-neighbors` shares it. */
  readonly neighbors: PerRequest<NumberSums>
  /** Made by `userVector`; the source `nearest` shares it. */
  readonly user: PerRequest<UserVector | undefined>
}

/** What a catalogue holds that is worth a feature. */
export interface Declared {
  readonly numbers: readonly NumberAttribute[]
  /** Tags attributes; `channels` may be one. */
  readonly tags: readonly string[]
  /** Names of the recipe's sources. */
  readonly sources: readonly string[]
}

/**
 * All features that a ranker learns from unless told otherwise: 20, 3 per number, 4 per
 * tags attribute, 1 per source.
 */
export function defaultFeatures(resident: Resident, declared: Declared): readonly Feature[] {
  const { catalogue, counters, activity, neighbors, user } = resident
  return [
    ...itemActivity(counters),
    ...itemMomentum(counters, activity),
    itemAge(catalogue),
    ...userActivity(),
    ...declared.numbers.flatMap((number) => numberAttribute(catalogue, number)),
    ...declared.tags.flatMap((tags) => tagAffinity(catalogue, tags)),
    neighborScore(neighbors),
    factorMatch(user),
    ...interestMatch(catalogue, declared.tags),
    ...sourceRanks(declared.sources),
    sourceCount(declared.sources),
  ]
}
