import { coverage, exposureOf, gini, novelty } from '../../src/models/evaluation/exposure.ts'
import type { TagColumn } from '../../src/state/catalogue/catalogue.ts'
import type { Cell, Entrant } from './result.ts'

export interface Audience {
  readonly itemCount: number
  /** By item: how many users had liked it before the cut. */
  readonly likeCounts: ArrayLike<number>
  readonly userCount: number
  readonly genres: TagColumn
}

/**
 * What the pages of ten are like as a whole: how much of the catalogue they show, and how varied.
 */
export function beyondAccuracy({ model, verdicts }: Entrant, audience: Audience): readonly Cell[] {
  const pages = verdicts.map(({ page }) => page)
  const exposure = exposureOf(pages, audience.itemCount)
  const values = {
    'coverage@10': coverage(exposure),
    'Gini@10': gini(exposure),
    'novelty@10, bits': novelty(exposure, audience.likeCounts, audience.userCount),
    'genre diversity@10': mean(pages.map((page) => diversity(page, audience.genres))),
  }
  return Object.entries(values).map(([metric, value]) => ({
    ...{ model, metric, value, low: null, high: null },
  }))
}

/** One less the mean Jaccard likeness of the genres of any two items of a page. */
function diversity(page: Uint32Array, genres: TagColumn): number {
  const sets = Array.from(page, (item) => new Set(genres.of(item)))
  let [sum, pairCount] = [0, 0]
  for (const [place, one] of sets.entries()) {
    for (const other of sets.slice(place + 1)) {
      const union = new Set([...one, ...other]).size
      const shared = one.size + other.size - union
      sum += union === 0 ? 0 : 1 - shared / union
      pairCount++
    }
  }
  return pairCount === 0 ? 0 : sum / pairCount
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
