import { invalid } from '../../error.ts'
import { solveCholesky } from '../../kernel/linear/cholesky.ts'
import { addGram } from '../../kernel/linear/gram.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { type Design, designOf } from './design.ts'
import { type LogisticModel, logisticModel, probability } from './logistic-model.ts'

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
  const solution = await minimise({ design, labels, weights, l2 }, pace)
  const slope = solution.subarray(1, 1 + features.length)
  return logisticModel({
    ...design.scales,
    features: features.map(({ name }) => name),
    bias: solution[0]!,
    slope,
    ifAbsent: slope.map((_, feature) => solution[design.markOf(feature)] ?? 0),
  })
}

interface Problem {
  readonly design: Design
  readonly labels: ArrayLike<number>
  readonly weights: Float32Array
  readonly l2: number
}

/** The loss at a point, with its first and second derivatives. */
interface Slope {
  readonly loss: number
  readonly gradient: Float64Array
  /** The lower triangle only. */
  readonly hessian: Float64Array
}

/** Real data take six to ten. */
const stepsMost = 100

/** Newton's method, where a step that would climb is halved: the loss is convex, so it arrives. */
async function minimise(problem: Problem, pace: Pace): Promise<Float64Array> {
  let point: Float64Array = new Float64Array(problem.design.width)
  let here = await slopeAt(problem, point, pace)
  for (let step = 0; step < stepsMost; step++) {
    const { gradient, hessian } = here
    const direction = gradient.slice()
    if (!solveCholesky(hessian, direction.length, direction)) {
      throw invalid('l2', `${problem.l2} is too small to tell these features apart: raise it`)
    }
    // Twice what the step is about to gain. Where that is so little the step squares the error, and
    // the sums of the loss could no longer tell whether it helped.
    const decrement = gradient.reduce((sum, value, k) => sum + value * direction[k]!, 0)
    if (decrement <= 1e-9 * here.loss) return stepped(point, direction, 1)
    let length = 1
    let there = await slopeAt(problem, stepped(point, direction, length), pace)
    while (!(there.loss < here.loss) && length > 1e-6) {
      length /= 2
      there = await slopeAt(problem, stepped(point, direction, length), pace)
    }
    point = stepped(point, direction, length)
    here = there
  }
  return point
}

function stepped(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  return point.map((value, k) => value - length * direction[k]!)
}

const blockRows = 128

async function slopeAt(problem: Problem, point: Float64Array, pace: Pace): Promise<Slope> {
  const { design, l2 } = problem
  const { width } = design
  const block = new Float64Array(blockRows * width)
  const gradient = new Float64Array(width)
  const hessian = new Float64Array(width * width)
  let loss = 0
  for (let from = 0; from < design.rowCount; from += blockRows) {
    const to = Math.min(design.rowCount, from + blockRows)
    design.fill(from, to, block)
    loss += addRows(problem, from, to, block, point, gradient)
    addGram(hessian, block, to - from, width)
    if (pace.due((to - from) * width * (width / 2 + 4))) await pace.rest()
  }
  for (let k = 1; k < width; k++) {
    loss += (l2 / 2) * point[k]! ** 2
    gradient[k] = gradient[k]! + l2 * point[k]!
    hessian[k * width + k] = hessian[k * width + k]! + l2
  }
  return { loss, gradient, hessian }
}

/**
 * Adds to the gradient, scales each row so that its square is its share of the hessian; the loss.
 */
function addRows(
  { labels, weights }: Problem,
  from: number,
  to: number,
  block: Float64Array,
  point: Float64Array,
  gradient: Float64Array,
): number {
  const width = point.length
  let loss = 0
  for (let row = from; row < to; row++) {
    const start = (row - from) * width
    const label = labels[row]!
    const weight = weights[row]!
    let odds = 0
    for (let k = 0; k < width; k++) odds += point[k]! * block[start + k]!
    const chance = probability(odds)
    // log(1 + exp(odds)) without overflow.
    loss += weight * (Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - label * odds)
    const error = weight * (chance - label)
    const root = Math.sqrt(weight * chance * (1 - chance))
    for (let k = 0; k < width; k++) {
      gradient[k] = gradient[k]! + error * block[start + k]!
      block[start + k] = root * block[start + k]!
    }
  }
  return loss
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
