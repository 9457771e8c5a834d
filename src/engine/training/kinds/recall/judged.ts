import { seededRandom } from '../../../../kernel/random.ts'
import { topK } from '../../../../kernel/top-k.ts'
import { judgeContest } from '../../../../models/evaluation/gate.ts'
import { ndcgAt, recallAt } from '../../../../models/evaluation/ranked-list.ts'
import type { Interactions } from '../../../../models/interactions.ts'
import type { Metrics } from '../kind.ts'
import type { Later, RecallData } from './recall-data.ts'
import type { RecallModel } from './recall-family.ts'

export interface Judged {
  readonly metrics: Metrics
  /** Whether it beats popularity beyond what luck may do, and keeps up with the one that serves. */
  readonly isBetter: boolean
  readonly verdict: string
}

/** The model that serves, and the place of the log at which it had stopped reading. */
export interface Serving {
  readonly model: RecallModel
  readonly through: number
}

/** People that a model is judged by, at most: an interval of a percent or two. */
const userCountMax = 2_000

/** People below which nothing can be told. */
const userCountMin = 20

const k = 20

/**
 * How well a model of the earlier part tells what people liked afterwards, among all items that
 * they had not liked before, beside the order by popularity: the global temporal split.
 */
export async function judged(
  model: RecallModel,
  data: RecallData,
  seed: number | string,
  serving?: Serving,
): Promise<Judged> {
  const random = seededRandom(seed)
  const users = [...data.later]
  for (let left = users.length; left > userCountMax; left--) {
    users[random.below(left)] = users[left - 1]!
  }
  users.length = Math.min(users.length, userCountMax)
  if (users.length < userCountMin) {
    const verdict = `${users.length} people to judge by are too few: ${userCountMin} are needed`
    return { metrics: { users: users.length }, isBetter: false, verdict }
  }
  const popular = popularity(data.earlier.matrix)
  const own: Uint32Array[] = []
  for (const user of users) own.push(listFor(user, await model.score(user.items, user.weights)))
  const common = users.map((user) => listFor(user, popular))
  const ndcg = own.map((list, index) => ndcgAt(list, users[index]!.targets, k))
  const byPopularity = common.map((list, index) => ndcgAt(list, users[index]!.targets, k))
  const recall = own.map((list, index) => recallAt(list, users[index]!.targets, k))
  const figuresOf = async (model: RecallModel): Promise<Float64Array> => {
    const figures = new Float64Array(users.length)
    for (const [place, user] of users.entries()) {
      const inside = known(user, model.itemCount)
      const scores = new Float32Array(data.earlier.matrix.columnCount).fill(
        Number.NEGATIVE_INFINITY,
      )
      scores.set(await model.score(inside.items, inside.weights))
      figures[place] = ndcgAt(listFor(user, scores), user.targets, k)
    }
    return figures
  }
  const { passes, reason, metrics } = judgeContest(
    {
      figure: 'ndcg@20',
      candidate: Float64Array.from(ndcg),
      baselines: new Map([['popularity', Float64Array.from(byPopularity)]]),
      ...(serving !== undefined &&
        serving.through <= data.cut && {
          serving: { candidate: Float64Array.from(ndcg), serving: await figuresOf(serving.model) },
        }),
    },
    seed,
  )
  return { metrics: { ...metrics, 'recall@20': mean(recall) }, isBetter: passes, verdict: reason }
}

/** What a model can be asked of a history: items that came after it mean nothing to it. */
function known({ items, weights }: Later, itemCount: number): Pick<Later, 'items' | 'weights'> {
  return {
    items: items.filter((item) => item < itemCount),
    weights: weights.filter((_, place) => items[place]! < itemCount),
  }
}

function listFor({ items }: Later, scores: Float32Array): Uint32Array {
  const met = new Set(items)
  return topK(scores, k, (item) => !met.has(item))
}

function popularity({ columnCount, columns }: Interactions): Float32Array {
  const counts = new Float32Array(columnCount)
  for (const item of columns) counts[item]! += 1
  return counts
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
