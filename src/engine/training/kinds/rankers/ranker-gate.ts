import { StarlingError } from '../../../../error.ts'
import { auc } from '../../../../models/evaluation/auc.ts'
import { type Contest, judgeContest } from '../../../../models/evaluation/gate.ts'
import { logloss } from '../../../../models/evaluation/logloss.ts'
import type { Ranker } from '../../../../models/ranking/ranker.ts'
import type { Examples } from '../../../../models/ranking/rows.ts'
import type { RankerData } from './ranker-data.ts'
import type { ServingRanker } from './serving-ranker.ts'

/** Users below which nothing can be told. */
const userCountMin = 20

/**
 * How likely a taken row stands above another one of the same user, for those of whom both kinds
 * are known, beside an order by what most took (and by chance, which is 0.5); and beside the
 * version that serves, on what neither has met.
 */
export async function judgedRanker(
  ranker: Ranker,
  data: RankerData,
  seed: number | string,
  serving?: ServingRanker,
) {
  const { judging, roles } = data
  const scores = await scoresOf(ranker, judging, roles.head)
  const labels = judging.labels.get(roles.head)!
  const [own, popular] = figuresOf([scores, popularity(data)], data, () => true)
  if (own!.length < userCountMin) {
    const message = `${own!.length} users to judge by are too few: ${userCountMin} are needed`
    throw new StarlingError('failed_precondition', message)
  }
  const beside = serving && (await besideServing(scores, data, serving))
  const contest: Contest = {
    figure: 'auc',
    candidate: own!,
    baselines: new Map([
      ['popularity', popular!],
      ['chance', new Float64Array(own!.length).fill(0.5)],
    ]),
    ...(beside && { serving: beside }),
  }
  const verdict = judgeContest(contest, seed)
  const metrics = { ...verdict.metrics, logloss: logloss(scores, labels), rows: labels.length }
  return { ...verdict, metrics }
}

/** Undefined where too few have done anything that the serving one has not met. */
async function besideServing(
  scores: Float32Array,
  data: RankerData,
  { ranker, encoding, until }: ServingRanker,
): Promise<Contest['serving']> {
  const { judgingRaw, roles, ats } = data
  if (!ranker.heads.includes(roles.head)) return undefined
  const its = await scoresOf(ranker, encoding.encode(judgingRaw), roles.head)
  const [candidate, serving] = figuresOf([scores, its], data, (row) => ats[row]! > until)
  if (candidate!.length < userCountMin) return undefined
  return { candidate: candidate!, serving: serving! }
}

async function scoresOf(
  ranker: Ranker,
  rows: Parameters<Ranker['predict']>[0],
  head: string,
): Promise<Float32Array> {
  return (await ranker.predict(rows))[ranker.heads.indexOf(head)]!
}

/** For each of some scores a figure per user: of those with rows of both kinds. */
function figuresOf(
  all: readonly Float32Array[],
  { judging, roles, users }: RankerData,
  isAsked: (row: number) => boolean,
): readonly Float64Array[] {
  const labels = judging.labels.get(roles.head)!
  const own = new Map<string, number[]>()
  for (const [row, user] of users.entries()) {
    if (!isAsked(row)) continue
    const rows = own.get(user)
    if (rows === undefined) own.set(user, [row])
    else rows.push(row)
  }
  const figures = all.map(() => [] as number[])
  for (const rows of own.values()) {
    const taken = rows.map((row) => labels[row]!)
    for (const [place, scores] of all.entries()) {
      const figure = auc(
        rows.map((row) => scores[row]!),
        taken,
      )
      // Undefined for all of them alike: it is a matter of what was taken.
      if (figure !== undefined) figures[place]!.push(figure)
    }
  }
  return figures.map((each) => Float64Array.from(each))
}

/** How many took the item of each row, in what is learned from; 0 where the set has no item. */
function popularity({ train, judging, roles }: RankerData): Float32Array {
  const scores = new Float32Array(judging.rowCount)
  if (roles.item === undefined) return scores
  const counts = new Map<number, number>()
  const labels = train.labels.get(roles.head)!
  const of = ({ columns, rowCount }: Examples, row: number): number => {
    const column = columns.get(roles.item!)!
    return column[column.length === rowCount ? row : 0]!
  }
  for (let row = 0; row < train.rowCount; row++) {
    if (labels[row]! > 0.5) counts.set(of(train, row), (counts.get(of(train, row)) ?? 0) + 1)
  }
  return scores.map((_, row) => counts.get(of(judging, row)) ?? 0)
}
