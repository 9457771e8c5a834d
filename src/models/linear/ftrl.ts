import { invalid } from '../../error.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Artifact } from '../model.ts'
import { checkFields } from '../ranking/field.ts'
import { labelsOf } from '../ranking/labels.ts'
import type { OnlineLearner, OnlineStart, OnlineTrainer } from '../ranking/online.ts'
import { loadedFields, savedFields } from '../ranking/saved-fields.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type LinearModel, linearRanker } from './linear-model.ts'
import { fitInPasses, type Passes } from './passes.ts'
import { plainScales, type Scales, scalesOf } from './scales.ts'
import { type Slots, slotsOf } from './slots.ts'
import { type SparseRows, sparseRows } from './sparse-rows.ts'

export interface FtrlOptions extends Partial<Passes> {
  /** How fast a weight moves at first, > 0. */
  readonly alpha: number
  /** What slows a weight from the beginning, > 0: about 1. */
  readonly beta: number
  /** Slots that say less than this have the weight 0, >= 0. */
  readonly l1: number
  /** Draws weights towards 0, >= 0. */
  readonly l2: number
}

/**
 * Logistic regression by FTRL-Proximal with a rate per slot (McMahan et al., KDD 2013, algorithm
 * 1), for streams: what it knows of a slot is two numbers, its weight follows from them, and many
 * weights are exactly 0. The bias is neither penalised nor dropped.
 *
 * `fit` makes `epochs` passes over the rows in their order. Nothing in it is random.
 */
export function ftrlTrainer(options: FtrlOptions): OnlineTrainer<LinearModel> {
  check(options)
  const start = ({ fields, heads, like }: OnlineStart): OnlineLearner<LinearModel> => {
    checkFields(fields)
    const slots = slotsOf(fields)
    const scales = like === undefined ? plainScales(slots) : scalesOf(like, slots)
    const states = heads.map(() => ({
      z: new Float64Array(1 + slots.slotCount),
      n: new Float64Array(1 + slots.slotCount),
    }))
    return learner({ slots, scales, heads, states, options })
  }
  const trainer: OnlineTrainer<LinearModel> = {
    kind,
    start,
    fit: (data, run) =>
      fitInPasses(data, { epochs: 1, patience: 1, shuffled: false, ...options }, run, trainer),
    load: (artifact) => modelOf(restored(artifact)),
    // What was saved says by which rates: to go on with others would be another learner.
    resume: (artifact) => learner(restored(artifact)),
  }
  return trainer
}

const kind = 'ftrl'

type Rates = Pick<FtrlOptions, 'alpha' | 'beta' | 'l1' | 'l2'>

interface Known {
  readonly slots: Slots
  readonly scales: Scales
  readonly heads: readonly string[]
  /** For each head, of the bias and then of each slot. */
  readonly states: readonly State[]
  readonly options: Rates
}

interface State {
  /** The sum of slopes, less what the weights so far account for. */
  readonly z: Float64Array
  /** The sum of squared slopes. */
  readonly n: Float64Array
}

function learner(known: Known): OnlineLearner<LinearModel> {
  const { slots, scales, heads, states, options } = known
  const weights = new Float64Array(slots.widthMost)
  return {
    fields: slots.fields,
    heads,
    learn(examples) {
      const rows = sparseRows(examples, slots, scales)
      const labelled = heads.map((head) => labelsOf(examples, head))
      return labelled.map(({ labels, weights: counts }, index) => {
        const [foretold, state] = [new Float64Array(rows.rowCount), states[index]!]
        for (let row = 0; row < rows.rowCount; row++) {
          const [label, count] = [labels[row]!, counts[row]!]
          foretold[row] = learnRow(rows, row, label, count, state, options, weights)
        }
        return foretold
      })
    },
    model() {
      const copies = states.map(({ z, n }) => ({ z: z.slice(), n: n.slice() }))
      return modelOf({ ...known, states: copies })
    },
  }
}

function learnRow(
  { starts, slots, values }: SparseRows,
  row: number,
  label: number,
  count: number,
  state: State,
  rates: Rates,
  weights: Float64Array,
): number {
  const [from, to] = [starts[row]!, starts[row + 1]!]
  const bias = biasOf(state, rates)
  let odds = bias
  for (let place = from; place < to; place++) {
    const weight = weightOf(state, 1 + slots[place]!, rates)
    weights[place - from] = weight
    odds += weight * values[place]!
  }
  const chance = probability(odds)
  const error = count * (chance - label)
  move(state, 0, error, bias, rates.alpha)
  for (let place = from; place < to; place++) {
    move(state, 1 + slots[place]!, error * values[place]!, weights[place - from]!, rates.alpha)
  }
  return chance
}

function move({ z, n }: State, slot: number, slope: number, weight: number, alpha: number): void {
  const before = n[slot]!
  const after = before + slope * slope
  z[slot]! += slope - ((Math.sqrt(after) - Math.sqrt(before)) / alpha) * weight
  n[slot] = after
}

function weightOf({ z, n }: State, slot: number, { alpha, beta, l1, l2 }: Rates): number {
  const sum = z[slot]!
  if (Math.abs(sum) <= l1) return 0
  return -(sum - Math.sign(sum) * l1) / ((beta + Math.sqrt(n[slot]!)) / alpha + l2)
}

function biasOf({ z, n }: State, { alpha, beta }: Rates): number {
  return -(z[0]! * alpha) / (beta + Math.sqrt(n[0]!))
}

function modelOf(known: Known): LinearModel {
  const { slots, scales, heads, states, options } = known
  const sums = states.map((state) => ({
    bias: biasOf(state, options),
    weights: Float64Array.from({ length: slots.slotCount }, (_, slot) =>
      weightOf(state, 1 + slot, options),
    ),
  }))
  const { alpha, beta, l1, l2 } = options
  return linearRanker(kind, { slots, scales, heads, sums }, () => ({
    header: { kind, fields: savedFields(slots.fields), heads: [...heads], alpha, beta, l1, l2 },
    weights: joinWeights([scales.mean, scales.factor, ...states.flatMap(({ z, n }) => [z, n])]),
  }))
}

function restored(artifact: Artifact): Known {
  const reader = readArtifact(artifact, kind)
  const slots = slotsOf(loadedFields(artifact.header))
  const heads = reader.texts('heads')
  const [alpha, beta] = [reader.number('alpha'), reader.number('beta')]
  const options = { alpha, beta, l1: reader.number('l1'), l2: reader.number('l2') }
  const { length } = slots.fields
  const scales = { mean: reader.float64(length), factor: reader.float64(length) }
  const width = 1 + slots.slotCount
  const states = heads.map(() => ({ z: reader.float64(width), n: reader.float64(width) }))
  reader.end()
  return { slots, scales, heads, states, options }
}

function check(options: FtrlOptions): void {
  for (const name of ['alpha', 'beta', 'l1', 'l2'] as const) {
    const value = options[name]
    const least = name === 'alpha' || name === 'beta' ? Number.MIN_VALUE : 0
    if (value >= least && value < Number.POSITIVE_INFINITY) continue
    throw invalid(name, `${value} must be finite and ${least > 0 ? '> 0' : '>= 0'}`)
  }
}
