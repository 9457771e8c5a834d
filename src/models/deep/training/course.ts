import { Graph } from '../../graph/graph.ts'
import { add, scale } from '../../graph/ops/elementary.ts'
import { crossEntropy, squaredError } from '../../graph/ops/losses.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { type Descent, openDescent } from '../../graph/training/descent.ts'
import type { Lesson } from '../../graph/training/epochs.ts'
import type { TrainingRun } from '../../model.ts'
import type { Field } from '../../ranking/field.ts'
import type { RankingData } from '../../ranking/ranker.ts'
import type { Examples } from '../../ranking/rows.ts'
import { type DeepRanker, deepRanker } from '../deep-ranker.ts'
import type { Family, Head } from '../network/family.ts'
import { type Scales, trainingInputs } from '../network/inputs.ts'
import { batchFiller } from './batch-filler.ts'
import { fitBytes } from './fit-bytes.ts'
import type { FitSettings } from './fit-settings.ts'
import { negativeBytes, negativeDraw } from './negatives.ts'

/** What a fit is given. */
export interface Task<S> {
  readonly family: Family<S>
  readonly settings: S
  readonly fit: FitSettings
  readonly data: RankingData
  readonly run: TrainingRun
  /** What parameters and tables begin with, by their names; the others by chance. */
  readonly first?: ReadonlyMap<string, Float32Array>
}

/** A fit, ready to be taken step by step. */
export interface DeepCourse<S> extends AsyncDisposable {
  readonly descent: Descent
  readonly lesson: Lesson
  /** Rows per step. */
  readonly batch: number
  /** The model as it is by now. */
  ranker(): DeepRanker<S>
}

/** What is given must have been checked. */
export async function openCourse<S>({ family, settings, fit, data, run, first }: Task<S>) {
  const { fields, train } = data
  const heads = family.heads(settings)
  const scales = scalesOf(fields, train)
  const amounts = heads.map((head) => amountsOf(head, train))
  const times = fit.negatives ? fit.negatives.count + 1 : 1
  const batch = Math.min(fit.batch, train.rowCount * times)
  const graph = new Graph({ batch, training: true })
  const inputs = trainingInputs(graph, fields, scales)
  const loss = lossOf(graph, heads, family.build(inputs, settings))
  const plans = inputs.tables().map((table) => ({
    ...table,
    ...{ update: fit.tableUpdate, l2: fit.tableL2 },
  }))
  const { lookups } = inputs
  const drawnBytes = fit.negatives ? negativeBytes(fit.negatives, fields, train.rowCount) : 0
  const sizeBytes = fitBytes({ graph, plans, lookups, drawnBytes })
  run.reserve?.(sizeBytes, `learning a model of kind "${family.kind}"`)
  const options = { seed: run.seed, rate: fit.rate, l2: fit.l2 }
  const descent = await openDescent({ loss, lookups }, plans, options)
  for (const [name, values] of first ?? []) descent.values(name).set(values)
  const labels = heads.map((head, place) => {
    const [mean, deviation] = amounts[place]!
    const values = train.labels.get(head.name)!.map((label) => (label - mean) / deviation)
    return { input: labelsOf(head), values }
  })
  const negatives = fit.negatives && negativeDraw(fit.negatives, fields, train)
  const filled = { inputs, examples: train, labels, ...(negatives && { negatives }) }
  const course: DeepCourse<S> = {
    ...{ descent, batch },
    lesson: { rowCount: train.rowCount * times, fill: batchFiller(filled, descent) },
    ranker() {
      const weights = [...descent.weights].map(([name, values]) => [name, values.slice()] as const)
      return deepRanker({ family, settings, fields, scales, amounts, weights: new Map(weights) })
    },
    [Symbol.asyncDispose]: () => descent[Symbol.asyncDispose](),
  }
  return course
}

const labelsOf = ({ name }: Head): string => `labels ${name}`

/** The heads' losses, by what each counts. */
function lossOf(graph: Graph, heads: readonly Head[], levels: readonly Tensor[]): Tensor {
  const shape = [graph.batch, 1]
  const weights = graph.input('weights', shape)
  const losses = heads.map((head, place) => {
    const labels = graph.input(labelsOf(head), shape)
    const of = head.learns === 'chance' ? crossEntropy : squaredError
    const { weight = 1 } = head
    const loss = of(levels[place]!, labels, weights)
    return weight === 1 ? loss : scale(loss, weight)
  })
  return losses.reduce((total, loss) => add(total, loss))
}

/** Mean and deviation of numbers as learned from; those that are none are left out. */
function scalesOf(fields: readonly Field[], { columns }: Examples): Scales {
  const numbers = fields.filter(({ kind }) => kind === 'number')
  return new Map(numbers.map(({ name }) => [name, spread(columns.get(name)!)] as const))
}

function amountsOf({ name, learns }: Head, { labels }: Examples) {
  return learns === 'chance' ? ([0, 1] as const) : spread(labels.get(name)!)
}

/** Deviation 1 where all are the same: what never differs tells nothing. */
function spread(values: Float32Array | Uint32Array): readonly [mean: number, deviation: number] {
  let [count, sum, squares] = [0, 0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    count++
    sum += value
  }
  const mean = count === 0 ? 0 : sum / count
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / Math.max(1, count))
  return [mean, deviation > 0 ? deviation : 1]
}
