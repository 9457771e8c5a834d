import { invalid } from '../../error.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { treeKernels } from '../../kernel/wasm/tree-kernels.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { binOf, type Cuts, cutsMost, cutsOf } from './bins.ts'
import { countedRandom, type Judged, keepStep, readStep } from './boost-steps.ts'
import { addScores, type Ensemble, firstTrees, type TreeColumn } from './ensemble.ts'
import { type EnsembleBuilder, ensembleBuilder } from './ensemble-builder.ts'
import { type Ground, type GrowRules, growTree, type Node } from './grow.ts'
import { lambdaMartObjective } from './objectives/lambda-mart.ts'
import type { Objective, ObjectiveName, Outcomes } from './objectives/objective.ts'
import { loglossObjective, squaredObjective } from './objectives/pointwise.ts'
import { leafValue } from './split.ts'

/** How trees are grown; all but the first may be left out. */
export interface BoostOptions {
  readonly objective: ObjectiveName
  /** Trees at most, 1 to 10,000; 300. */
  readonly trees?: number
  /** The share of its step that each tree goes, in (0, 1]; 0.1. */
  readonly rate?: number
  /** Leaves of a tree at most, 2 to 4096; 31. */
  readonly leaves?: number
  /** Questions to a leaf at most, 1 to 64; 64. */
  readonly depthMost?: number
  /** Rows of a leaf at least, >= 1; 20. */
  readonly rowsMin?: number
  /** Curvature of a leaf at least, >= 0; 0.001. */
  readonly curvatureMin?: number
  /** What a question must gain, >= 0; 0. */
  readonly gainMin?: number
  /** Half of this times the sum of squared leaf values is added to the loss, >= 0; 1. */
  readonly l2?: number
  /** The share of the rows that a tree is grown of, in (0, 1]; 1. Of lists, of whole lists. */
  readonly rowShare?: number
  /** The share of the features that a tree may ask, in (0, 1]; 1. */
  readonly featureShare?: number
  /** Bins of a feature at most, 2 to 255; 255. */
  readonly bins?: number
  /** Ends where validation got no better by so many trees, >= 1; 50. */
  readonly patience?: number
  /** Places of a list that LambdaMART looks at, >= 1; 10. */
  readonly places?: number
}

/** Numbers by column; what is missing is NaN. */
export interface BoostData extends Outcomes {
  readonly columns: readonly TreeColumn[]
  readonly validation?: Outcomes & { readonly columns: readonly TreeColumn[] }
  /** By feature: 1 where the score must not fall with it, -1 where it must not rise; 0 else. */
  readonly monotone?: Int8Array
}

const defaults = {
  ...{ trees: 300, rate: 0.1, leaves: 31, depthMost: 64, rowsMin: 20, curvatureMin: 1e-3 },
  ...{ gainMin: 0, l2: 1, rowShare: 1, featureShare: 1, bins: 255, patience: 50, places: 10 },
}

/**
 * Gradient-boosted trees over histograms (Friedman 2001; Chen and Guestrin, KDD 2016; Ke et al.,
 * NIPS 2017): each tree is grown towards what the ones before it left wrong. With validation the
 * trees up to its least loss are kept.
 *
 * Memory is 1 byte per row and feature, some 40 per row, and 4 kB per feature and leaf. Throws
 * `invalid_argument` for options out of range and outcomes that cannot be learned from.
 */
export async function boost(
  data: BoostData,
  options: BoostOptions,
  { seed, signal, onProgress, checkpoints, reserve }: TrainingRun,
): Promise<Ensemble> {
  const chosen = { ...defaults, ...options }
  checkOptions(chosen)
  const { columns, labels, validation } = data
  const objective = objectiveOf(chosen.objective, data, chosen.places)
  const rowCount = labels.length
  const pace = openPace(signal)
  const random = countedRandom(seededRandom(seed).fork('trees'))
  const cuts = columns.map((column) => cutsOf(column, chosen.bins - 1))
  const monotone = data.monotone ?? new Int8Array(columns.length)
  const rules: GrowRules = { ...chosen, cuts, monotone }
  reserve?.(groundBytes(rowCount, rules), 'growing trees')
  const ground = await groundOf(columns, rowCount, rules, pace)
  const rows = ground.rows
  const scores = new Float64Array(rowCount).fill(objective.base)
  const judgedCount = validation?.labels.length ?? 0
  const step = await readStep(checkpoints, [rowCount, columns.length, judgedCount])
  if (step !== undefined) scores.set(step.scores)
  random.goTo(step?.draws ?? 0)
  const builder = ensembleBuilder(objective.base, rules, step?.ensemble)
  const judge = validation && judgeOf(validation, objective.base, chosen, step?.judged)
  for (let tree = 1 + (step?.ensemble.roots.length ?? 0); tree <= chosen.trees; tree++) {
    objective.slopes(scores, ground.pairs)
    const sample = sampled(rows, chosen.rowShare, data.groups, random)
    const root = await growTree(ground, sample, rules, random, pace)
    builder.add(root, chosen.rate)
    if (sample.length === rowCount) addLeaves(scores, sample, root, chosen)
    else addScores(builder.build(tree - 1), columns, scores)
    await pace.rest()
    if (judge?.isDone(builder, tree)) break
    if (tree === chosen.trees) break
    await keepStep(checkpoints, () => ({
      ...{ ensemble: builder.build(), scores, draws: random.draws },
      ...(judge && { judged: judge.now() }),
    }))
    onProgress?.(tree / chosen.trees)
  }
  onProgress?.(1)
  const all = builder.build()
  return judge === undefined ? all : firstTrees(all, judge.best())
}

type Chosen = Required<BoostOptions>

function objectiveOf(name: ObjectiveName, outcomes: Outcomes, places: number): Objective {
  if (name === 'lambdamart') return lambdaMartObjective(outcomes, places)
  return name === 'logloss' ? loglossObjective(outcomes) : squaredObjective(outcomes)
}

/** Tells when validation gets no better, and how many trees were best. */
function judgeOf(
  validation: NonNullable<BoostData['validation']>,
  base: number,
  chosen: Chosen,
  before?: Judged,
) {
  const objective = objectiveOf(chosen.objective, validation, chosen.places)
  const scores = before?.scores ?? new Float64Array(validation.labels.length).fill(base)
  let best = before?.best ?? { trees: 0, loss: objective.loss(scores) }
  return {
    best: () => Math.max(1, best.trees),
    now: (): Judged => ({ scores, best }),
    isDone(builder: EnsembleBuilder, trees: number): boolean {
      addScores(builder.build(trees - 1), validation.columns, scores)
      const loss = objective.loss(scores)
      if (loss < best.loss) best = { trees, loss }
      return trees - best.trees >= chosen.patience
    },
  }
}

function groundBytes(rowCount: number, { cuts, leaves }: Pick<GrowRules, 'cuts' | 'leaves'>) {
  const featureCount = cuts.length
  const histogramBytes = featureCount * 256 * 2 * 8 + 64
  return rowCount * (featureCount + 16) + (leaves + 1) * histogramBytes + 1024
}

async function groundOf(
  columns: readonly TreeColumn[],
  rowCount: number,
  { cuts, leaves }: GrowRules,
  pace: Pace,
): Promise<Ground & { readonly rows: Uint32Array }> {
  const featureCount = columns.length
  const arena = openArena({ sizeBytes: groundBytes(rowCount, { cuts, leaves }) })
  const bins = arena.uint8(rowCount * featureCount)
  for (const [feature, column] of columns.entries()) {
    await binColumn(bins, column, cuts[feature]!, feature, featureCount, pace)
  }
  const kernels = treeKernels(arena)
  const length = kernels.histogramLength(featureCount)
  return {
    kernels,
    binned: { bins, featureCount },
    pairs: arena.float32(2 * rowCount),
    rows: arena.uint32(rowCount),
    spare: arena.uint32(rowCount),
    histograms: Array.from({ length: leaves + 1 }, () => arena.float64(length)),
  }
}

async function binColumn(
  bins: Uint8Array,
  column: TreeColumn,
  cuts: Cuts,
  feature: number,
  featureCount: number,
  pace: Pace,
): Promise<void> {
  const rowCount = bins.length / featureCount
  const step = column.length === 1 ? 0 : 1
  for (let row = 0; row < rowCount; row++) {
    bins[row * featureCount + feature] = binOf(cuts, column[row * step]!)
  }
  if (pace.due(10 * rowCount)) await pace.rest()
}

/** The rows of the next tree, in their order: `rows` is written anew each time. */
function sampled(
  rows: Uint32Array,
  share: number,
  groups: Uint32Array | undefined,
  random: Random,
): Uint32Array {
  let count = 0
  const isWhole = share >= 1
  if (groups === undefined) {
    for (let row = 0; row < rows.length; row++) {
      if (isWhole || random.next() < share) rows[count++] = row
    }
  }
  for (let group = 0; groups !== undefined && group + 1 < groups.length; group++) {
    if (!(isWhole || random.next() < share)) continue
    for (let row = groups[group]!; row < groups[group + 1]!; row++) rows[count++] = row
  }
  return rows.subarray(0, count)
}

function addLeaves(scores: Float64Array, rows: Uint32Array, node: Node, chosen: Chosen): void {
  const { left, right, side, bounds, from, to } = node
  if (left !== undefined && right !== undefined) {
    addLeaves(scores, rows, left, chosen)
    addLeaves(scores, rows, right, chosen)
    return
  }
  const value = chosen.rate * leafValue(side.slope, side.curvature, chosen.l2, bounds)
  for (let place = from; place < to; place++) scores[rows[place]!]! += value
}

function checkOptions(chosen: Chosen): void {
  const whole = { trees: 10_000, leaves: 4096, depthMost: 64, bins: cutsMost + 1 }
  const least = { trees: 1, leaves: 2, depthMost: 1, bins: 2 }
  for (const name of ['trees', 'leaves', 'depthMost', 'bins'] as const) {
    const value = chosen[name]
    if (Number.isInteger(value) && value >= least[name] && value <= whole[name]) continue
    const range = `>= ${least[name]} and <= ${whole[name]}`
    throw invalid(name, `${value} must be a whole number ${range}`)
  }
  for (const name of ['rowsMin', 'patience', 'places'] as const) {
    const value = chosen[name]
    if (Number.isInteger(value) && value >= 1) continue
    throw invalid(name, `${value} must be a whole number >= 1`)
  }
  for (const name of ['rate', 'rowShare', 'featureShare'] as const) {
    const value = chosen[name]
    if (!(value > 0 && value <= 1)) throw invalid(name, `${value} must be > 0 and <= 1`)
  }
  for (const name of ['curvatureMin', 'gainMin', 'l2'] as const) {
    const value = chosen[name]
    if (value >= 0 && value < Number.POSITIVE_INFINITY) continue
    throw invalid(name, `${value} must be finite and >= 0`)
  }
}
