import { invalid } from '../../error.ts'
import { meanNdcg, type NextStep } from '../evaluation/next-step.ts'
import { Graph } from '../graph/graph.ts'
import { relu } from '../graph/ops/activations.ts'
import { add, mul, reshape, sum } from '../graph/ops/elementary.ts'
import { softmaxLoss } from '../graph/ops/losses.ts'
import { linear, matmul } from '../graph/ops/matrix.ts'
import { dropout, logSumExp } from '../graph/ops/normalise.ts'
import { flip } from '../graph/ops/shape.ts'
import { type Descent, openDescent, type Trainee } from '../graph/training/descent.ts'
import {
  checkEpochs,
  descendInEpochs,
  type EpochSettings,
  epochSettings,
} from '../graph/training/epochs.ts'
import type { Interactions } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { countsOf, filler } from './steps.ts'
import { type TwoTowersModel, twoTowersModel } from './two-towers-model.ts'

export interface TwoTowersOptions extends EpochSettings {
  /** Numbers per vector, 1 to 1,024. */
  readonly dims: number
  /** Width of the layer between, 1 to 4,096. */
  readonly hidden: number
  /** Share of what the layer is told that is dropped in a step, in [0, 1). */
  readonly dropout: number
  /** Items met that tell of a user in a step, drawn anew each time; 1 to 1,000. */
  readonly length: number
  /** Items drawn evenly that each step holds against, beside what others of its batch met. */
  readonly negatives: number
}

/** What is learned from, and what decides when to stop. */
export interface TwoTowersData {
  readonly train: Interactions
  /** What somebody met besides, none of it learned from; all epochs are passed without it. */
  readonly validation?: readonly NextStep[]
}

const twoTowersOptions: TwoTowersOptions = {
  ...epochSettings,
  ...{ dims: 64, hidden: 128, dropout: 0.2, length: 50, negatives: 256 },
  ...{ batch: 256, epochs: 20, rate: 2e-3 },
}

/**
 * A tower for who asks, over the mean of what they met, and a vector per item, learned by softmax
 * of each item against those of its batch, with their chance to be there taken out (Yi et al. 2019,
 * section 4), and against some drawn evenly, without which what few met is never held against
 * anything (Yang et al. 2020). What is asked for is never among what tells of the user.
 *
 * Options left out are those of `twoTowersOptions`. Throws `invalid_argument` for options out of
 * range, and where no user met two items.
 */
export async function fitTwoTowers(
  { train: met, validation = [] }: TwoTowersData,
  options: Partial<TwoTowersOptions> & TrainingRun,
): Promise<TwoTowersModel> {
  const settings = { ...twoTowersOptions, ...options }
  check(settings)
  const rowCount = met.columns.length
  if (rowCount === 0) throw invalid('interactions', 'must hold one at least')
  const batch = Math.min(settings.batch, rowCount)
  const { dims, seed, rate } = settings
  const table = {
    rowCount: met.columnCount + 1,
    width: dims,
    deviation: 0.1,
    blank: [0],
    update: 'touched',
  } as const
  const plans = [
    { ...table, name: 'met' },
    { ...table, name: 'offered' },
  ]
  await using descent = await openDescent(traineeOf({ ...settings, batch }), plans, { seed, rate })
  const modelNow = (): TwoTowersModel => modelOf(descent, met, settings)
  const lesson = {
    rowCount,
    fill: filler(met, { ...settings, batch }, descent),
    ...(validation.length > 0 && { judge: async () => ndcgOf(modelNow(), validation) }),
  }
  await descendInEpochs(descent, lesson, { ...settings, batch }, options)
  return modelNow()
}

function modelOf(
  descent: Pick<Descent, 'values'>,
  met: Interactions,
  { dims, hidden }: TwoTowersOptions,
): TwoTowersModel {
  const values = (name: string): Float32Array => descent.values(name).slice()
  const offered = values('offered').subarray(dims)
  for (const [item, count] of countsOf(met).entries()) {
    if (count === 0) offered.fill(0, item * dims, (item + 1) * dims)
  }
  return twoTowersModel({
    ...{ dims, hidden, met: values('met').subarray(dims), offered },
    ...{ inner: values('inner'), innerBias: values('inner bias') },
    ...{ outer: values('outer'), outerBias: values('outer bias') },
  })
}

/** Of what was met besides, among all that was not told of. */
function ndcgOf(model: TwoTowersModel, steps: readonly NextStep[]): number {
  return meanNdcg(steps, ({ past }) => model.score(past, new Float32Array(past.length).fill(1)))
}

function traineeOf(settings: TwoTowersOptions): Trainee {
  const { batch, dims, hidden, length, negatives } = settings
  const graph = new Graph({ batch, training: true })
  const looked = (name: string, table: string, shape: readonly number[]) => ({
    input: graph.input(name, [...shape, dims], { differentiable: true }),
    table,
  })
  const past = looked('past', 'met', [batch, length])
  const wanted = looked('wanted', 'offered', [batch])
  const others = looked('others', 'offered', [batch + negatives])
  const shares = reshape(graph.input('shares', [batch, length]), [batch, length, 1])
  const mean = sum(mul(past.input, shares), [1])
  const layer = linear(
    mean,
    graph.parameter('inner', [dims, hidden], 'glorot'),
    graph.parameter('inner bias', [hidden], 'zeros'),
  )
  const more = linear(
    dropout(relu(layer), settings.dropout),
    graph.parameter('outer', [hidden, dims], 'glorot'),
    graph.parameter('outer bias', [dims], 'zeros'),
  )
  const user = add(mean, more)
  // Of each pair: what its log-odds are corrected by, or what hides it.
  const corrections = graph.input('corrections', [batch, batch + negatives])
  const level = logSumExp(add(matmul(user, flip(others.input)), corrections))
  const odds = add(sum(mul(user, wanted.input), [1]), graph.input('own', [batch]))
  return {
    loss: softmaxLoss(odds, level, graph.input('weights', [batch])),
    lookups: [past, wanted, others],
  }
}

function check(settings: TwoTowersOptions): void {
  checkEpochs(settings)
  const { dims, hidden, dropout, length, negatives } = settings
  const whole = (name: string, value: number, least: number, most: number): void => {
    if (Number.isInteger(value) && value >= least && value <= most) return
    throw invalid(name, `${value} must be a whole number >= ${least} and <= ${most}`)
  }
  whole('dims', dims, 1, 1_024)
  whole('hidden', hidden, 1, 4_096)
  whole('length', length, 1, 1_000)
  whole('negatives', negatives, 1, 100_000)
  if (!(dropout >= 0 && dropout < 1)) throw invalid('dropout', `${dropout} must be >= 0 and < 1`)
}
