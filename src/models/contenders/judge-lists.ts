import { seededRandom } from '../../kernel/random.ts'
import { intraListDistance } from '../evaluation/diversity.ts'
import { coverage, exposureOf, gini, novelty } from '../evaluation/exposure.ts'
import { type Answers, askAll } from '../evaluation/protocols/answers.ts'
import { drawn, type ListMetricName, listMetric } from '../evaluation/protocols/judge-asked.ts'
import type { Asked, Recommender } from '../evaluation/protocols/question.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { Slice } from './evaluation.ts'
import {
  coldItem,
  coldUser,
  countsOf,
  figureOf,
  figuresOf,
  type Judged,
  type JudgedOptions,
} from './judged.ts'

const names: readonly ListMetricName[] = ['NDCG', 'Recall', 'HR', 'MRR']
const sliceNames: readonly ListMetricName[] = ['NDCG', 'HR']

/** Lengths at which the recall is drawn. */
const lengths = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100]

/** Lists whose items are compared with each other. */
const comparedMax = 1_000

/** Lists, by where their targets stand, by what they show of the catalogue, and slice by slice. */
export async function judgeLists(
  recommender: Recommender,
  part: Asked,
  train: Interactions,
  { k, seed, also = [], ...options }: JudgedOptions & { readonly also?: readonly ListMetricName[] },
): Promise<Judged> {
  const answers = await askAll(recommender, part, { ...options, pageLength: k })
  const of = (of: Pick<Answers, 'ranks' | 'rankedCounts'>, metrics: readonly ListMetricName[]) =>
    Object.fromEntries(metrics.map((name) => [`${name}@${k}`, listMetric(of, name, k)]))
  const counts = countsOf(train.columns, train.columnCount)
  const exposure = exposureOf(answers.pages, train.columnCount)
  const compared = drawn(answers.pages.length, comparedMax, seededRandom(seed).fork('lists'))
  const byItem = transposed(train)
  const distances = Float64Array.from(compared, (place) =>
    intraListDistance(answers.pages[place]!, byItem),
  )
  const accuracy = { ...of(answers, [...names, ...also]), GAUC: listMetric(answers, 'GAUC', k) }
  const slices = slicesOf(counts).map(({ slice, keeps }): Slice => {
    const kept = only(answers, part, keeps)
    const count = kept.ranks.length
    return { slice, count, figures: count === 0 ? [] : figuresOf(of(kept, sliceNames), seed) }
  })
  return {
    figures: [
      ...figuresOf(accuracy, seed),
      figureOf(`coverage@${k}`, coverage(exposure)),
      figureOf(`Gini@${k}`, gini(exposure)),
      figureOf(`novelty@${k}`, novelty(exposure, counts, train.rowCount)),
      ...figuresOf({ [`diversity@${k}`]: distances }, seed),
    ],
    slices,
    curve: lengths.map((length) => {
      const recalls = listMetric(answers, 'Recall', length)
      return { k: length, recall: recalls.reduce((sum, each) => sum + each, 0) / recalls.length }
    }),
  }
}

/** Some of what was asked for: by the question, and by the target. */
interface Cut {
  readonly slice: string
  keeps(pastCount: number, target: number): boolean
}

function slicesOf(counts: Uint32Array): readonly Cut[] {
  return [
    { slice: 'users of whom nothing is known', keeps: (past) => past === 0 },
    { slice: `cold users: fewer than ${coldUser} items`, keeps: (past) => past < coldUser },
    { slice: `warm users: ${coldUser} items or more`, keeps: (past) => past >= coldUser },
    {
      slice: `cold items: met by fewer than ${coldItem}`,
      keeps: (_, target) => counts[target]! < coldItem,
    },
    {
      slice: `warm items: met by ${coldItem} or more`,
      keeps: (_, target) => counts[target]! >= coldItem,
    },
  ]
}

/** Where those targets stood that are kept; questions that none is left of are left out. */
function only({ ranks, rankedCounts }: Answers, part: Asked, keeps: Cut['keeps']) {
  const kept = ranks.flatMap((each, index) => {
    const pastCount = part.questions[index]!.past.length
    const left = each.filter((_, place) => keeps(pastCount, part.targets[index]![place]!))
    return left.length === 0 ? [] : [{ ranks: left, ranked: rankedCounts[index]! }]
  })
  return {
    ranks: kept.map((each) => each.ranks),
    rankedCounts: Uint32Array.from(kept, ({ ranked }) => ranked),
  }
}
