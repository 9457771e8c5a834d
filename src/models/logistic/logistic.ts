import { invalid } from '../../error.ts'
import { solveCholesky } from '../../kernel/linear/cholesky.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { designOf } from './design.ts'
import { type LogisticModel, logisticModel } from './logistic-model.ts'
import { type Problem, type Slopes, slopesOf } from './slope.ts'

export interface LogisticOptions extends Pick<TrainingRun, 'signal'> {
  /** The columns of the rows, and the value of each that means that nobody could tell. */
  readonly features: readonly { readonly name: string; readonly absent: number }[]
  /** Half of this times the sum of squared weights is added to the loss, > 0; the bias is free. */
  readonly l2: number
  /** How much each row counts, >= 0; 1 each where left out. */
  readonly weights?: Float32Array
}

/**
 * Logistic regression: the weights that minimise Σ rows weight × logloss + l2 / 2 Σ w², exactly, by
 * Newton's method (iteratively reweighted least squares; Hastie et al., ESL 4.4.1). Meant for up to
 * some hundred features. Nothing in it is random.
 *
 * `rows` is labels.length × features.length, row by row; `labels` lie in [0, 1]. Features are
 * standardised inside, so their units don't matter. A feature that is absent in some rows gets a
 * second weight, for being absent: cold users and items are unlike the average.
 *
 * Rests every few ms. Throws `invalid_argument` for shapes and labels that cannot be learned from.
 */
export async function fitLogistic(
  rows: Float32Array,
  labels: ArrayLike<number>,
  options: LogisticOptions,
): Promise<LogisticModel> {
  const { features, l2, weights = new Float32Array(labels.length).fill(1) } = options
  check(rows, labels, weights, options)
  const absentValues = features.map(({ absent }) => absent)
  const pace = openPace(options.signal)
  const design = await designOf(rows, absentValues, weights, pace)
  const { point: solution, information } = await minimise({ design, labels, weights, l2 }, pace)
  const slope = solution.subarray(1, 1 + features.length)
  return logisticModel({
    ...design.scales,
    features: features.map(({ name }) => name),
    bias: solution[0]!,
    slope,
    ifAbsent: slope.map((_, feature) => solution[design.markOf(feature)] ?? 0),
    information,
  })
}

interface Solution {
  readonly point: Float64Array
  /** Σ rows weight × p (1 - p). */
  readonly information: number
}

interface Descent {
  /** Blocks of rows of which one is looked at. */
  readonly oneIn: number
  /** It has arrived where a step would gain half of this share of the loss. */
  readonly precision: number
  readonly stepsMost: number
}

/** Real data take six to ten steps. */
const exact: Descent = { oneIn: 1, precision: 1e-9, stepsMost: 100 }

/**
 * So many rows tell about where the minimum lies: a start that costs about one step and saves
 * several. Few steps, since a sample may be of one kind alone, whose minimum is infinitely far.
 */
const sampled = { rows: 16_384, precision: 1e-3, stepsMost: 8 }

/** Newton's method over a sample of the rows where there are many, and over all from there. */
async function minimise(problem: Problem, pace: Pace): Promise<Solution> {
  const { width, rowCount } = problem.design
  const slopes = slopesOf(problem, pace)
  const origin = new Float64Array(width)
  const oneIn = Math.floor(rowCount / sampled.rows)
  if (oneIn < 2) return descend(problem, slopes, origin, exact)
  const { point } = await descend(problem, slopes, origin, { ...sampled, oneIn })
  return descend(problem, slopes, point, exact)
}

/** Steps that would climb are halved: the loss is convex, so it arrives. */
async function descend(
  { l2 }: Problem,
  slopes: Slopes,
  start: Float64Array,
  { oneIn, precision, stepsMost }: Descent,
): Promise<Solution> {
  let point = start
  let here = await slopes(point, oneIn)
  let information = 0
  for (let step = 0; step < stepsMost; step++) {
    const { gradient, hessian } = here
    const direction = gradient.slice()
    // The bias pays no penalty: its own second derivative, before it is solved in place.
    information = hessian[0]!
    if (!solveCholesky(hessian, direction.length, direction)) {
      throw invalid('l2', `${l2} is too small to tell these features apart: raise it`)
    }
    // Twice what the step is about to gain. Where that is so little the step squares the error, and
    // the sums of the loss could no longer tell whether it helped.
    const decrement = gradient.reduce((sum, value, k) => sum + value * direction[k]!, 0)
    if (decrement <= precision * here.loss) {
      return { point: stepped(point, direction, 1), information }
    }
    let length = 1
    let there = await slopes(stepped(point, direction, length), oneIn)
    while (!(there.loss < here.loss) && length > 1e-6) {
      length /= 2
      there = await slopes(stepped(point, direction, length), oneIn)
    }
    point = stepped(point, direction, length)
    here = there
  }
  return { point, information }
}

function stepped(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  return point.map((value, k) => value - length * direction[k]!)
}

function check(
  rows: Float32Array,
  labels: ArrayLike<number>,
  weights: Float32Array,
  { features, l2 }: LogisticOptions,
): void {
  const rowCount = labels.length
  if (rows.length !== rowCount * features.length) {
    const shape = `${rowCount} labels × ${features.length} features`
    throw invalid('rows', `hold ${rows.length} values, must be ${shape}`)
  }
  if (weights.length !== rowCount) {
    throw invalid('weights', `are ${weights.length}, must be as many as labels (${rowCount})`)
  }
  if (!(l2 > 0 && l2 < Number.POSITIVE_INFINITY)) {
    throw invalid('l2', `${l2} must be finite and > 0`)
  }
  let [positive, negative] = [0, 0]
  for (let row = 0; row < rowCount; row++) {
    const [label, weight] = [labels[row]!, weights[row]!]
    if (!(label >= 0 && label <= 1)) throw invalid(`labels[${row}]`, `${label} must lie in [0, 1]`)
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw invalid(`weights[${row}]`, `${weight} must be finite and >= 0`)
    }
    positive += weight * label
    negative += weight * (1 - label)
  }
  // With one kind only the best bias would be infinite.
  if (positive === 0 || negative === 0) {
    throw invalid('labels', `of ${rowCount} rows must hold both positives and negatives`)
  }
}
