import { grown } from '../../kernel/lists/grown.ts'
import { NumberSums } from '../../kernel/number-sums.ts'
import { packedValues } from '../packed-values.ts'
import {
  coOccurrence,
  eachPackedPartner,
  type Partners,
  packedPartnerCount,
} from '../projections/co-occurrence.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { State } from '../state.ts'

/** Who goes with whom, resident: what a request follows from item to item without waiting. */
export interface NeighborLists {
  /**
   * The items that go with some others, the seeds, and how well: for each seed its partners'
   * weights, as far as they are sure, over how often both were paired with anything at all. The
   * seed at place n says 1 / sqrt(1 + n), so the first (the newest) say most.
   */
  scores(seeds: readonly Ordinal[]): NumberSums

  /** The items that go with one other, and how well, as `scores` of it alone would say. */
  each(seed: Ordinal, seen: (item: Ordinal, score: number) => void): void
}

/** Added to what a pair is divided by: one meeting of two items that nobody knows is no proof. */
const doubt = 5

/** How far being paired often counts against a pair: at 0.5 the score is the cosine. */
const damping = 0.4

/**
 * Reads what the last checkpoint held, and is kept fresh by every fold from then on. To be awaited
 * before the next event is folded.
 */
export async function neighborLists(state: Pick<State, 'scan' | 'watch'>): Promise<NeighborLists> {
  const lists = packedValues(coOccurrence)
  let totals = new Float64Array(0)
  // total ** damping of each list: it is asked for thousands of times per request. NaN where it has
  // to be worked out: totals change with every like, and mostly again before anybody asks.
  let damped = new Float64Array(0)

  const put = (key: string, partners: Partners | undefined): void => {
    const item = Number(key)
    lists.put(item, partners)
    totals = grown(totals, item + 1)
    totals[item] = partners?.total ?? 0
    damped = grown(damped, item + 1)
    damped[item] = Number.NaN
  }
  const dampedOf = (item: Ordinal): number => {
    const known = damped[item]!
    if (!Number.isNaN(known)) return known
    return (damped[item] = (totals[item] ?? 0) ** damping)
  }
  for await (const [key, partners] of state.scan(coOccurrence)) put(key, partners)
  state.watch(coOccurrence, put)

  return {
    scores(seeds) {
      let room = 0
      for (const seed of seeds) room += packedPartnerCount(lists.words(seed))
      // Half of them, about, go with more than one seed.
      const scores = new NumberSums(seeds.length === 1 ? room : room / 2)
      for (const [place, seed] of seeds.entries()) {
        const say = 1 / Math.sqrt(1 + place)
        const own = dampedOf(seed)
        eachPackedPartner(lists.words(seed), (item, sure) => {
          scores.add(item, (say * sure) / (own * dampedOf(item) + doubt))
        })
      }
      return scores
    },

    each(seed, seen) {
      const own = dampedOf(seed)
      eachPackedPartner(lists.words(seed), (item, sure) => {
        seen(item, sure / (own * dampedOf(item) + doubt))
      })
    },
  }
}
