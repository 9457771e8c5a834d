import type { Random } from '../../../kernel/random.ts'
import {
  expectedNdcg,
  expectedRecall,
  expectedReciprocalRank,
  type TiedRank,
} from '../tied-rank.ts'
import { type Answers, askAll } from './answers.ts'
import type { JudgeOptions } from './protocol.ts'
import type { Asked, Recommender } from './question.ts'

/** How a list of `ranked` things is judged by where its targets stand. */
type ListMetric = (ranks: readonly TiedRank[], k: number, ranked: number) => number

/** The place of the first target decides. Several that are tied are taken as if they came apart. */
const reciprocal: ListMetric = (ranks, k) =>
  Math.max(...ranks.map((rank) => expectedReciprocalRank(rank, k)))

/** The chance that a target stands above what is none (Mann, Whitney 1947), ties counting half. */
const areaUnder: ListMetric = (ranks, _, ranked) => {
  const others = ranked - ranks.length
  if (others <= 0) return 1
  const sum = ranks.reduce((sum, { above, tied }) => sum + above + (tied + 1) / 2, 0)
  return 1 - (sum - (ranks.length * (ranks.length + 1)) / 2) / (ranks.length * others)
}

/**
 * The metrics by the names that tables give them. `Recall` is the share of the targets, `HR` the
 * chance that any is there: with one target both are what tables of sessions call precision, `P`.
 * `GAUC` is the AUC within each user's list, whatever its length.
 */
export const listMetrics = {
  Recall: expectedRecall,
  HR: (ranks, k) => 1 - ranks.reduce((none, rank) => none * (1 - expectedRecall([rank], k)), 1),
  P: expectedRecall,
  NDCG: expectedNdcg,
  MRR: reciprocal,
  GAUC: areaUnder,
} satisfies Record<string, ListMetric>

export type ListMetricName = keyof typeof listMetrics

/** One value per question. */
export function listMetric(
  { ranks, rankedCounts }: Pick<Answers, 'ranks' | 'rankedCounts'>,
  name: ListMetricName,
  k: number,
): Float64Array {
  const metric: ListMetric = listMetrics[name]
  return Float64Array.from(ranks, (each, index) => metric(each, k, rankedCounts[index]!))
}

/** Asks, and judges the answers by some metrics. */
export async function judgeAsked(
  recommender: Recommender,
  part: Asked,
  names: readonly ListMetricName[],
  { k, ...options }: JudgeOptions & { readonly k: number },
): Promise<Record<string, Float64Array>> {
  const answers = await askAll(recommender, part, options)
  return Object.fromEntries(names.map((name) => [`${name}@${k}`, listMetric(answers, name, k)]))
}

/** At most `count` of the questions, drawn by chance, in their order. */
export function someAsked(part: Asked, count: number, random: Random): Asked {
  const { questions, targets } = part
  if (questions.length <= count) return part
  const chosen = drawn(questions.length, count, random)
  return {
    ...part,
    questions: Array.from(chosen, (place) => questions[place]!),
    targets: Array.from(chosen, (place) => targets[place]!),
  }
}

/** `count` different places below `size`, ascending. */
export function drawn(size: number, count: number, random: Random): Uint32Array {
  const places = Uint32Array.from({ length: size }, (_, place) => place)
  const wanted = Math.min(count, size)
  for (let index = 0; index < wanted; index++) {
    const other = index + random.below(size - index)
    const place = places[index]!
    places[index] = places[other]!
    places[other] = place
  }
  return places.slice(0, wanted).sort()
}
