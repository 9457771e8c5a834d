import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Artifact } from '../model.ts'
import { checkFields } from '../ranking/field.ts'
import { labelsOf } from '../ranking/labels.ts'
import type { OnlineLearner, OnlineStart, OnlineTrainer } from '../ranking/online.ts'
import { loadedFields, savedFields } from '../ranking/saved-fields.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type FactoredSum, type FmModel, fmRanker } from './fm-model.ts'
import { fitInPasses, type Passes } from './passes.ts'
import { plainScales, type Scales, scalesOf } from './scales.ts'
import { type Slots, slotsOf } from './slots.ts'
import { type SparseRows, sparseRows } from './sparse-rows.ts'

export interface FmOptions extends Partial<Passes> {
  /** Numbers per vector, 1 to 1024. */
  readonly dims: number
  /** How far a number moves at its first step, > 0. */
  readonly rate: number
  /** Draws the weights and vectors of a row towards 0 whenever it is met, >= 0. */
  readonly l2: number
  /** Deviation of the vectors' first numbers, >= 0; 0.01 where left out. */
  readonly spread?: number
}

/**
 * A factorisation machine of the second order (Rendle, ICDM 2010) with log-loss, by stochastic
 * gradients with a rate per number (Adagrad: Duchi et al. 2011), row after row; so it goes on with
 * a stream where a fit has ended. Labels lie in [0, 1].
 */
export function fmTrainer(options: FmOptions): OnlineTrainer<FmModel> {
  check(options)
  const start = ({ fields, heads, seed, like }: OnlineStart): OnlineLearner<FmModel> => {
    checkFields(fields)
    const slots = slotsOf(fields)
    const scales = like === undefined ? plainScales(slots) : scalesOf(like, slots)
    const { dims, rate, l2, spread = 0.01 } = options
    const states = heads.map((head) => fresh(slots, dims, spread, `${seed}/${head}`))
    return learner({ slots, scales, heads, dims, rate, l2, states })
  }
  const trainer: OnlineTrainer<FmModel> = {
    kind,
    start,
    fit: (data, run) =>
      fitInPasses(data, { epochs: 20, patience: 2, shuffled: true, ...options }, run, trainer),
    load: (artifact) => modelOf(restored(artifact)),
    // What was saved says by which rates: to go on with others would be another learner.
    resume: (artifact) => learner(restored(artifact)),
  }
  return trainer
}

const kind = 'fm'

interface Known {
  readonly slots: Slots
  readonly scales: Scales
  readonly heads: readonly string[]
  readonly dims: number
  readonly rate: number
  readonly l2: number
  readonly states: readonly State[]
}

/** For one head. The first of the weights is the bias. */
interface State {
  readonly weights: Float64Array
  readonly vectors: Float64Array
  /** Sums of squared slopes, of each of the two. */
  readonly weightSlopes: Float64Array
  readonly vectorSlopes: Float64Array
}

function fresh(slots: Slots, dims: number, spread: number, seed: string): State {
  const random = seededRandom(seed).fork('vectors')
  const vectors = new Float64Array(slots.vectorCount * dims)
  for (let index = 0; index < vectors.length; index++) {
    // Box and Muller 1958.
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    vectors[index] = spread * radius * Math.cos(2 * Math.PI * random.next())
  }
  return {
    weights: new Float64Array(1 + slots.slotCount),
    vectors,
    weightSlopes: new Float64Array(1 + slots.slotCount),
    vectorSlopes: new Float64Array(vectors.length),
  }
}

function learner(known: Known): OnlineLearner<FmModel> {
  const { slots, scales, heads, dims, states } = known
  const sums = new Float64Array(dims)
  return {
    fields: slots.fields,
    heads,
    learn(examples) {
      const rows = sparseRows(examples, slots, scales)
      const labelled = heads.map((head) => labelsOf(examples, head))
      return labelled.map(({ labels, weights: counts }, index) => {
        const [foretold, state] = [new Float64Array(rows.rowCount), states[index]!]
        for (let row = 0; row < rows.rowCount; row++) {
          foretold[row] = learnRow(known, state, rows, row, labels[row]!, counts[row]!, sums)
        }
        return foretold
      })
    },
    model() {
      const copies = states.map(({ weights, vectors, weightSlopes, vectorSlopes }) => ({
        weights: weights.slice(),
        vectors: vectors.slice(),
        weightSlopes: weightSlopes.slice(),
        vectorSlopes: vectorSlopes.slice(),
      }))
      return modelOf({ ...known, states: copies })
    },
  }
}

/** Before a number has moved: without it the first step would be as long as the rate, always. */
const still = 1e-6

function learnRow(
  { dims, rate, l2 }: Known,
  { weights, vectors, weightSlopes, vectorSlopes }: State,
  { starts, slots, vectors: places, values }: SparseRows,
  row: number,
  label: number,
  count: number,
  sums: Float64Array,
): number {
  const [from, to] = [starts[row]!, starts[row + 1]!]
  let odds = weights[0]!
  let squares = 0
  sums.fill(0)
  for (let place = from; place < to; place++) {
    const value = values[place]!
    odds += weights[1 + slots[place]!]! * value
    const start = places[place]! * dims
    for (let k = 0; k < dims; k++) {
      const product = value * vectors[start + k]!
      sums[k]! += product
      squares += product * product
    }
  }
  let pairs = -squares
  for (let k = 0; k < dims; k++) pairs += sums[k]! * sums[k]!
  const chance = probability(odds + pairs / 2)
  const error = count * (chance - label)
  weightSlopes[0]! += error * error
  weights[0]! -= (rate * error) / Math.sqrt(weightSlopes[0]! + still)
  for (let place = from; place < to; place++) {
    const value = values[place]!
    const slot = 1 + slots[place]!
    const slope = error * value + count * l2 * weights[slot]!
    weightSlopes[slot]! += slope * slope
    weights[slot]! -= (rate * slope) / Math.sqrt(weightSlopes[slot]! + still)
    const start = places[place]! * dims
    for (let at = start; at < start + dims; at++) {
      const vector = vectors[at]!
      const turn = error * value * (sums[at - start]! - value * vector) + count * l2 * vector
      const slopes = vectorSlopes[at]! + turn * turn
      vectorSlopes[at] = slopes
      vectors[at] = vector - (rate * turn) / Math.sqrt(slopes + still)
    }
  }
  return chance
}

function modelOf(known: Known): FmModel {
  const { slots, scales, heads, dims, rate, l2, states } = known
  const sums: readonly FactoredSum[] = states.map(({ weights, vectors }) => ({
    bias: weights[0]!,
    weights: weights.subarray(1),
    vectors,
  }))
  return fmRanker({ slots, scales, heads, dims, sums }, () => ({
    header: { kind, fields: savedFields(slots.fields), heads: [...heads], dims, rate, l2 },
    weights: joinWeights([
      scales.mean,
      scales.factor,
      ...states.flatMap((state) => [
        state.weights,
        state.vectors,
        state.weightSlopes,
        state.vectorSlopes,
      ]),
    ]),
  }))
}

function restored(artifact: Artifact): Known {
  const reader = readArtifact(artifact, kind)
  const slots = slotsOf(loadedFields(artifact.header))
  const heads = reader.texts('heads')
  const [dims, rate, l2] = [reader.count('dims'), reader.number('rate'), reader.number('l2')]
  const { length } = slots.fields
  const scales = { mean: reader.float64(length), factor: reader.float64(length) }
  const [width, size] = [1 + slots.slotCount, slots.vectorCount * dims]
  const states = heads.map(() => ({
    weights: reader.float64(width),
    vectors: reader.float64(size),
    weightSlopes: reader.float64(width),
    vectorSlopes: reader.float64(size),
  }))
  reader.end()
  return { slots, scales, heads, dims, rate, l2, states }
}

function check({ dims, rate, l2, spread = 0.01 }: FmOptions): void {
  if (!(Number.isInteger(dims) && dims >= 1 && dims <= 1024)) {
    throw invalid('dims', `${dims} must be a whole number >= 1 and <= 1024`)
  }
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) {
    throw invalid('rate', `${rate} must be finite and > 0`)
  }
  for (const [name, value] of [
    ['l2', l2],
    ['spread', spread],
  ] as const) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw invalid(name, `${value} must be finite and >= 0`)
    }
  }
}
