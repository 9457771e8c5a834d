import { invalid } from '../../error.ts'
import { minimise, type Reached } from '../../kernel/linear/minimise.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { checkExamples } from '../ranking/examples.ts'
import { checkFields } from '../ranking/field.ts'
import { headsOf, labelsOf } from '../ranking/labels.ts'
import type { RankerTrainer, RankingData } from '../ranking/ranker.ts'
import { type LinearModel, linearModel, loadLinear, type WeightedSum } from './linear-model.ts'
import { linearSteps } from './linear-steps.ts'
import { scalesOf } from './scales.ts'
import { slotsOf } from './slots.ts'
import { type SparseRows, sparseRows } from './sparse-rows.ts'

export interface LinearOptions {
  /** Half of this times the sum of squared weights is added to the loss, > 0; the bias is free. */
  readonly l2: number
  /** Steps at most, 1 to 10,000; 500 where left out. */
  readonly stepsMost?: number
}

/**
 * Logistic regression over ids and histories: the weights that minimise Σ rows weight × logloss +
 * l2 / 2 Σ w². The loss is convex, so there is one answer; L-BFGS finds it for as many ids as fit
 * in memory, where `fitLogistic` with its exact Hessian ends at some hundred columns. Labels lie in
 * [0, 1]; each head is learned by itself. Nothing in it is random, and validation changes nothing.
 * What was broken off goes on from the last step that was kept, to the same bits.
 *
 * Throws `invalid_argument` for rows, labels and options that cannot be learned from.
 */
export function linearTrainer(options: LinearOptions): RankerTrainer<LinearModel> {
  return { kind: 'linear', fit: (data, run) => fitLinear(data, options, run), load: loadLinear }
}

async function fitLinear(
  { fields, train }: RankingData,
  options: LinearOptions,
  { signal, onProgress, checkpoints }: TrainingRun,
): Promise<LinearModel> {
  const { l2, stepsMost = 500 } = options
  check(l2, stepsMost)
  checkFields(fields)
  const heads = headsOf(train)
  checkExamples(train, fields, heads)
  const slots = slotsOf(fields)
  const pace = openPace(signal)
  const scales = scalesOf(train, slots)
  const rows = sparseRows(train, slots, scales)
  await pace.rest()
  const steps = linearSteps(checkpoints, 1 + slots.slotCount)
  const kept = await steps.takeUp()
  const done = [...(kept?.done ?? [])]
  for (const [index, head] of heads.entries()) {
    if (index < done.length) continue
    const problem = { rows, ...labelsOf(train, head), l2 }
    const from = index === kept?.done.length ? kept : undefined
    const point = from?.point.slice() ?? startOf(problem, slots.slotCount)
    const onStep = async (reached: Reached): Promise<void> => {
      if (reached.step < stepsMost) onProgress?.((index + reached.step / stepsMost) / heads.length)
      await steps.made({ done, point, reached })
      await pace.rest()
    }
    await minimise(point, (at, slope) => slopeAt(problem, at, slope, pace), {
      ...{ tolerance: 1e-7, stepsMost, onStep },
      from: from?.reached,
    })
    done.push(point)
  }
  const sums = done.map((point): WeightedSum => ({ bias: point[0]!, weights: point.slice(1) }))
  onProgress?.(1)
  return linearModel({ slots, scales, heads, sums })
}

interface Problem {
  readonly rows: SparseRows
  readonly labels: Float32Array
  readonly weights: Float32Array
  readonly l2: number
}

/** All weights 0, and the bias what the rows say together. */
function startOf({ labels, weights }: Problem, slotCount: number): Float64Array {
  let [positive, total] = [0, 0]
  for (let row = 0; row < labels.length; row++) {
    positive += weights[row]! * labels[row]!
    total += weights[row]!
  }
  // With one kind only the best bias would be infinite.
  if (!(positive > 0 && positive < total)) {
    throw invalid('labels', `of ${labels.length} rows must hold both positives and negatives`)
  }
  const point = new Float64Array(1 + slotCount)
  point[0] = Math.log(positive / (total - positive))
  return point
}

/** The bias is the first number of the point, and the weights follow. */
async function slopeAt(
  { rows, labels, weights, l2 }: Problem,
  point: Float64Array,
  slope: Float64Array,
  pace: Pace,
): Promise<number> {
  const { starts, slots, values } = rows
  slope.fill(0)
  let loss = 0
  for (let row = 0; row < rows.rowCount; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!]
    let odds = point[0]!
    for (let place = from; place < to; place++) odds += point[1 + slots[place]!]! * values[place]!
    const [label, weight] = [labels[row]!, weights[row]!]
    // log(1 + exp(odds)) without overflow.
    loss += weight * (Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - label * odds)
    const error = weight * (probability(odds) - label)
    slope[0]! += error
    for (let place = from; place < to; place++) slope[1 + slots[place]!]! += error * values[place]!
    // The logarithm and the exponentials take about as long as fifty multiply-adds.
    if (pace.due(2 * (to - from) + 50)) await pace.rest()
  }
  for (let k = 1; k < point.length; k++) {
    loss += (l2 / 2) * point[k]! ** 2
    slope[k]! += l2 * point[k]!
  }
  return loss
}

function check(l2: number, stepsMost: number): void {
  if (!(l2 > 0 && l2 < Number.POSITIVE_INFINITY)) {
    throw invalid('l2', `${l2} must be finite and > 0`)
  }
  if (!(Number.isInteger(stepsMost) && stepsMost >= 1 && stepsMost <= 10_000)) {
    throw invalid('stepsMost', `${stepsMost} must be a whole number >= 1 and <= 10000`)
  }
}
