import { grown } from '../../kernel/lists/grown.ts'
import { NumberSums } from '../../kernel/number-sums.ts'
import { coOccurrence, type Partners } from '../projections/co-occurrence.ts'
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
  const lists: (Partners | undefined)[] = []
  // total ** damping of each list: it is asked for thousands of times per request.
  let damped = new Float64Array(0)

  const put = (key: string, partners: Partners | undefined): void => {
    const item = Number(key)
    lists[item] = partners
    damped = grown(damped, item + 1)
    damped[item] = (partners?.total ?? 0) ** damping
  }
  for await (const [key, partners] of state.scan(coOccurrence)) put(key, partners)
  state.watch(coOccurrence, put)

  return {
    scores(seeds) {
      const scores = new NumberSums()
      for (const [place, seed] of seeds.entries()) {
        const partners = lists[seed]
        if (partners === undefined) continue
        const { items, weights, slacks } = partners
        const say = 1 / Math.sqrt(1 + place)
        for (let index = 0; index < items.length; index++) {
          const item = items[index]!
          const sure = weights[index]! - slacks[index]!
          const expected = damped[seed]! * damped[item]! + doubt
          scores.add(item, (say * sure) / expected)
        }
      }
      return scores
    },
  }
}
