import { invalid } from '../../../error.ts'
import type { Objective, Outcomes } from './objective.ts'

/**
 * LambdaMART (Burges 2010, MSR-TR-2010-82, section 7): each pair of rows of one list whose labels
 * differ pulls them apart by what NDCG would change were they exchanged. Labels are grades >= 0
 * with gains 2^grade - 1. A pair counts where one of the two stands among the first `places`, and
 * weighs what its better row does: a click that was unlikely to be seen may count for several (Wang
 * et al., WSDM 2018, section 4.3). The loss is 1 - NDCG@places over the lists that have a positive,
 * by the mean weight of their positives.
 *
 * Throws `invalid_argument` for groups that don't tile the rows, and lists of one kind only.
 */
export function lambdaMartObjective(outcomes: Outcomes, places: number): Objective {
  const { labels, weights } = outcomes
  const groups = groupsOf(outcomes)
  const lists: List[] = []
  for (let group = 0; group + 1 < groups.length; group++) {
    const [from, to] = [groups[group]!, groups[group + 1]!]
    const gains = Float64Array.from(labels.subarray(from, to), (label) => 2 ** label - 1)
    const weight = meanWeight(gains, weights.subarray(from, to))
    const ideal = dcgOf(gains.slice().sort().reverse(), places)
    const mixed = gains.some((gain) => gain !== gains[0])
    if (ideal > 0 && weight > 0) lists.push({ from, gains, ideal, weight, mixed })
  }
  if (!lists.some(({ mixed }) => mixed)) {
    throw invalid('groups', 'must hold a list with labels that differ')
  }
  const total = lists.reduce((sum, { weight }) => sum + weight, 0)
  return {
    base: 0,
    slopes(scores, pairs) {
      pairs.fill(0)
      for (const list of lists) if (list.mixed) addPairs(list, weights, scores, pairs, places)
    },
    loss(scores) {
      let sum = 0
      for (const list of lists) {
        const order = orderOf(list, scores)
        const gains = Float64Array.from(order, (row) => list.gains[row]!)
        sum += list.weight * (dcgOf(gains, places) / list.ideal)
      }
      return 1 - sum / total
    },
  }
}

interface List {
  readonly from: number
  readonly gains: Float64Array
  /** The discounted gain of the best order. */
  readonly ideal: number
  readonly weight: number
  /** Do its gains differ? */
  readonly mixed: boolean
}

const discount = (place: number): number => 1 / Math.log2(2 + place)

function dcgOf(gains: Float64Array, places: number): number {
  let sum = 0
  for (let place = 0; place < Math.min(gains.length, places); place++) {
    sum += gains[place]! * discount(place)
  }
  return sum
}

/** Rows of the list, best first; equal scores in the order of the rows. */
function orderOf({ from, gains }: Pick<List, 'from' | 'gains'>, scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(gains.keys())
  return order.sort((one, other) => scores[from + other]! - scores[from + one]! || one - other)
}

function meanWeight(gains: Float64Array, weights: Float32Array): number {
  const positive = Array.from(weights).filter((_, row) => gains[row]! > 0)
  return positive.reduce((sum, weight) => sum + weight, 0) / Math.max(1, positive.length)
}

function addPairs(
  { from, gains, ideal }: List,
  weights: Float32Array,
  scores: Float64Array,
  pairs: Float32Array,
  places: number,
): void {
  const order = orderOf({ from, gains }, scores)
  // Beyond the first places nothing is gained or lost.
  const worth = (place: number): number => (place < places ? discount(place) : 0)
  for (let high = 0; high < Math.min(order.length, places); high++) {
    for (let low = high + 1; low < order.length; low++) {
      const [one, other] = [order[high]!, order[low]!]
      const gap = gains[one]! - gains[other]!
      if (gap === 0) continue
      const change = (Math.abs(gap) * (worth(high) - worth(low))) / ideal
      const [better, worse] = gap > 0 ? [from + one, from + other] : [from + other, from + one]
      const chance = 1 / (1 + Math.exp(scores[better]! - scores[worse]!))
      const pull = weights[better]! * change * chance
      const bend = Math.max(pull * (1 - chance), 1e-12)
      pairs[2 * better]! -= pull
      pairs[2 * worse]! += pull
      pairs[2 * better + 1]! += bend
      pairs[2 * worse + 1]! += bend
    }
  }
}

function groupsOf({ groups, labels }: Outcomes): Uint32Array {
  if (groups === undefined) throw invalid('groups', 'are missing: lists are what is ordered')
  const rises = groups.every((start, index) => index === 0 || start >= groups[index - 1]!)
  if (!(rises && groups[0] === 0 && groups.at(-1) === labels.length)) {
    throw invalid('groups', `must rise from 0 to ${labels.length}`)
  }
  const place = labels.findIndex((label) => !(label >= 0 && label <= 30))
  if (place >= 0) throw invalid(`labels[${place}]`, `${labels[place]} must be a grade in [0, 30]`)
  return groups
}
