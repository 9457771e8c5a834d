import type { Trace } from '../../feed/pipeline/trace.ts'
import { familyOf, type NamedFamily } from './families.ts'

/** What a family of features gave an item, beside what it gives on average. */
export interface Share extends NamedFamily {
  /** In the unit of the score; above 0 where it speaks for the item. */
  readonly contribution: number
}

/** What sets the items of one run apart from each other. */
export interface Shares {
  /** By place of the finished order, largest first; empty where the run kept no features of it. */
  at(place: number): readonly Share[]
  /** How one feature alone stands to its average. */
  feature(place: number, name: string): number
}

/**
 * Adds the contributions of features up by family, less their average over the run's best-ranked
 * items (those whose features its trace keeps). So what all of them have in common tells nothing,
 * and the shares of an item add up to its score less the average score.
 */
export function sharesOf(trace: Trace, tags: readonly string[]): Shares {
  const { features, contributions } = trace
  const width = features.length
  const placeCount = width === 0 ? 0 : contributions.length / width
  const families = features.map((feature) => familyOf(feature, tags))
  const above = (place: number, index: number): number =>
    contributions[place * width + index]! - averages[index]!
  const averages = features.map((_name, index) => {
    let sum = 0
    for (let place = 0; place < placeCount; place++) sum += contributions[place * width + index]!
    return sum / placeCount
  })
  return {
    at(place) {
      if (place < 0 || place >= placeCount) return []
      const sums = new Map<string, Share>()
      for (const [index, family] of families.entries()) {
        const before = sums.get(family.name)?.contribution ?? 0
        sums.set(family.name, { ...family, contribution: before + above(place, index) })
      }
      return [...sums.values()]
        .filter(({ contribution }) => contribution !== 0)
        .sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution))
    },

    feature(place, name) {
      const index = features.indexOf(name)
      return index < 0 || place < 0 || place >= placeCount ? 0 : above(place, index)
    },
  }
}
