import type { Offset } from '../../events/log/event-log.ts'
import { auc, groupedAuc } from '../../models/evaluation/auc.ts'
import { judgeContest } from '../../models/evaluation/gate.ts'
import { fitLogistic } from '../../models/logistic/logistic.ts'
import type { Artifact, RankingModel } from '../../models/model.ts'
import { fitTreeModel } from '../../models/trees/tree-model.ts'
import type { Feature } from '../../state/features/feature.ts'
import type { SampleGroup } from './samples.ts'

export interface Judged {
  readonly ranker?: Artifact
  readonly metrics: Readonly<Record<string, number>>
  readonly verdict: string
}

/** The ranker in force, which a new one must not fall behind, and how far it had read. */
export interface ServingRanker {
  readonly model: RankingModel
  readonly through: Offset
}

export interface JudgingOptions {
  readonly features: readonly Feature[]
  readonly serving?: ServingRanker
  readonly seed: number | string
  readonly signal?: AbortSignal
  readonly l2: number
  /** Boosted trees in place of the logistic regression; 0 for none. */
  readonly trees: number
}

/** Groups below which a ranker says nothing. */
const groupCountMin = 40

/** The last groups judge the ranker, and are not learned from until it is judged. */
const judgingShare = 0.25

/** Below so many users the moments themselves are what differs by chance. */
const userCountMin = 20

/** What a ranker must beat to be worth its keep: order by popularity, and by each recall family. */
const baselines: ReadonlySet<string> = new Set([
  'likes',
  'heat-fortnight',
  'neighbor-score',
  'factor-match',
])

/** Fits on the earlier groups, judges on the later ones, and where it is good fits on all. */
export async function judgeRanker(
  groups: readonly SampleGroup[],
  options: JudgingOptions,
): Promise<Judged> {
  const { features, serving, seed } = options
  if (groups.length < groupCountMin) {
    return {
      metrics: {},
      verdict: `${groups.length} samples are too few for a ranker: ${groupCountMin} are needed`,
    }
  }
  const cut = Math.floor(groups.length * (1 - judgingShare))
  const [earlier, later] = [groups.slice(0, cut), groups.slice(cut)]
  const trial = await fitRanker(earlier, options)
  const width = features.length
  const byTrial: Score = (columns, rowCount) => trial.predict(columns, rowCount)
  // What the serving ranker has learned from says nothing of the two.
  const unmet = later.filter(({ offset }) => offset >= (serving?.through ?? 0))
  const named = features.flatMap(({ name }, index) =>
    baselines.has(name) ? [[name, (columns: Columns) => columns[index]!] as const] : [],
  )
  const contest = {
    figure: 'auc',
    candidate: figuresOf(later, width, byTrial),
    baselines: new Map([
      ['chance', figuresOf(later, width, (_columns, rowCount) => new Float32Array(rowCount))],
      ...named.map(([name, by]) => [name, figuresOf(later, width, by)] as const),
    ]),
    ...(serving !== undefined &&
      unmet.length >= groupCountMin && {
        serving: {
          candidate: figuresOf(unmet, width, byTrial),
          serving: figuresOf(unmet, width, (columns, rowCount) =>
            serving.model.predict(columns, rowCount),
          ),
        },
      }),
  }
  if (contest.candidate.length === 0) {
    const verdict = `the last ${later.length} samples hold none that could be told apart`
    return { metrics: {}, verdict }
  }
  const { passes, reason, metrics } = judgeContest(contest, seed)
  // By rows, as it was always told; the interval is that of users.
  const all = { ...metrics, auc: pooledAuc(later, width, byTrial) }
  if (!passes) return { metrics: all, verdict: reason }
  const whole = await fitRanker(groups, options)
  const saved = whole.save()
  const scores = decilesOf(later, width, (columns, rowCount) => whole.predict(columns, rowCount))
  const ranker = { ...saved, header: { ...saved.header, scores } }
  return { ranker, metrics: all, verdict: reason }
}

async function fitRanker(
  groups: readonly SampleGroup[],
  { features, l2, trees, seed, signal }: JudgingOptions,
): Promise<RankingModel> {
  const rowCount = groups.reduce((count, { labels }) => count + labels.length, 0)
  const rows = new Float32Array(rowCount * features.length)
  const labels = new Uint8Array(rowCount)
  const weights = new Float32Array(rowCount)
  let row = 0
  for (const group of groups) {
    rows.set(group.rows, row * features.length)
    labels.set(group.labels, row)
    weights.set(group.weights, row)
    row += group.labels.length
  }
  const run = signal && { signal }
  if (trees === 0) return fitLogistic(rows, labels, { features, l2, weights, ...run })
  const shape = { objective: 'logloss', trees, leaves: 4, featureShare: 0.3, l2 } as const
  return fitTreeModel(rows, labels, { ...shape, features, weights }, { seed, ...run })
}

type Columns = readonly Float32Array[]
type Score = (columns: Columns, rowCount: number) => Float32Array

/** How likely a taken row stands above another one; undefined for a group of one kind. */
function aucIn({ rows, labels }: SampleGroup, width: number, score: Score): number | undefined {
  const rowCount = labels.length
  const columns = columnsOf(rows, rowCount, width)
  return auc(score(columns, rowCount).subarray(0, rowCount), labels)
}

/** The mean over a user's groups, for each user; or each group by itself, where users are few. */
function figuresOf(groups: readonly SampleGroup[], width: number, score: Score): Float64Array {
  const byUser = new Map<string, number[]>()
  const all: number[] = []
  for (const group of groups) {
    const value = aucIn(group, width, score)
    if (value === undefined) continue
    all.push(value)
    const mine = byUser.get(group.user)
    if (mine) mine.push(value)
    else byUser.set(group.user, [value])
  }
  if (byUser.size < userCountMin) return Float64Array.from(all)
  return Float64Array.from(byUser.values(), (values) => sumOf(values) / values.length)
}

/** Nine scores that cut what the rows stand for into tenths. */
function decilesOf(groups: readonly SampleGroup[], width: number, score: Score): readonly number[] {
  const weighed = groups.flatMap(({ rows, labels, weights }) => {
    const scores = score(columnsOf(rows, labels.length, width), labels.length)
    return Array.from(weights, (weight, row) => [scores[row]!, weight] as const)
  })
  weighed.sort(([one], [other]) => one - other)
  const total = sumOf(weighed.map(([, weight]) => weight))
  let [passed, place] = [0, 0]
  return Array.from({ length: 9 }, (_, index) => {
    while (place < weighed.length - 1 && passed + weighed[place]![1] < (total * (index + 1)) / 10) {
      passed += weighed[place]![1]
      place++
    }
    return weighed[place]![0]
  })
}

function columnsOf(rows: Float32Array, rowCount: number, width: number): Columns {
  return Array.from({ length: width }, (_, feature) =>
    Float32Array.from({ length: rowCount }, (_, row) => rows[row * width + feature]!),
  )
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Mean over groups of how likely the taken row stands above another one. */
function pooledAuc(groups: readonly SampleGroup[], width: number, score: Score): number {
  const scores: number[] = []
  const labels: number[] = []
  const names: number[] = []
  for (const [index, group] of groups.entries()) {
    const rowCount = group.labels.length
    const columns = columnsOf(group.rows, rowCount, width)
    scores.push(...score(columns, rowCount).subarray(0, rowCount))
    labels.push(...group.labels)
    for (let row = 0; row < rowCount; row++) names.push(index)
  }
  return groupedAuc(scores, labels, names) ?? 0.5
}
