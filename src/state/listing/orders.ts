import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Ordinal } from '../projections/projection.ts'
import { popularityIn } from '../sets/popular-set.ts'
import { itemVerdictColumn, verdictsOn } from '../tables/item-verdicts.ts'
import type { Rows } from '../tables/table.ts'
import type { OrderKey } from './listing.ts'
import { titleKeys } from './title-keys.ts'

/** Orders of the catalogue that are the same for everyone. */
export const sorts = ['popular', 'rating', 'newest', 'title'] as const
export type Sort = (typeof sorts)[number]

/** What the orders read: all of it in memory. */
export interface OrderGround {
  readonly catalogue: Catalogue
  /** Rows of `itemCounters`. */
  readonly counters: Rows
  /** Rows of `itemVerdicts`. */
  readonly verdicts: Rows
}

/**
 * Ratings that each item is given beforehand, at the mean of the catalogue: with so many of its own
 * it stands half way between that mean and theirs (a Bayesian average).
 */
export const ratingsBefore = 25

/** Of all ratings that stand; 0 where there is none. */
export function meanRating({ data, width, rowCount }: Rows): number {
  let [count, sum] = [0, 0]
  for (let start = 0; start < rowCount * width; start += width) {
    count += data[start + itemVerdictColumn.ratings]!
    sum += data[start + itemVerdictColumn.ratingSum]!
  }
  return count === 0 ? 0 : sum / count
}

/** The key of each item by each order; `mean` is that of the catalogue's ratings. */
export function orders({ catalogue, counters, verdicts }: OrderGround) {
  const titleKeyOf = titleKeys(catalogue)
  return (sort: Sort, mean: number): ((item: Ordinal) => OrderKey) => {
    switch (sort) {
      case 'popular':
        return (item) => highestFirst(popularity(counters, item))
      case 'rating':
        return (item) => {
          const { ratings, ratingSum } = verdictsOn(verdicts, item)
          return highestFirst((ratingsBefore * mean + ratingSum) / (ratingsBefore + ratings))
        }
      case 'newest':
        return (item) => highestFirst(catalogue.availableFrom(item))
      case 'title':
        return titleKeyOf
    }
  }
}

/** How much an item pleased so far; NaN where nobody had an opinion. Rows of `itemCounters`. */
export function popularity(counters: Rows, item: Ordinal): number {
  if (item >= counters.rowCount) return Number.NaN
  return popularityIn(counters.data, item * counters.width)
}

/** What has no number comes last. A cursor carries the key as JSON, which knows no infinity. */
function highestFirst(measure: number): number {
  return Number.isFinite(measure) ? -measure : Number.MAX_VALUE
}
