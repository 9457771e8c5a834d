import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import { meanNdcg, type NextStep } from '../evaluation/next-step.ts'
import { Graph } from '../graph/graph.ts'
import { mul, reshape, sum } from '../graph/ops/elementary.ts'
import { sampledSoftmaxLoss, softmaxLoss, temperedLoss } from '../graph/ops/losses.ts'
import { matmul } from '../graph/ops/matrix.ts'
import { levelOfProducts } from '../graph/ops/normalise.ts'
import { flip, slice } from '../graph/ops/shape.ts'
import { type Descent, openDescent, type Trainee } from '../graph/training/descent.ts'
import { descendInEpochs, type Lesson } from '../graph/training/epochs.ts'
import type { TablePlan } from '../graph/training/table.ts'
import type { TrainingRun } from '../model.ts'
import type { Sequences } from '../sequences.ts'
import { packed } from './packs.ts'
import { type SelfAttentionModel, selfAttentionModel } from './self-attention-model.ts'
import { attention } from './self-attention-network.ts'
import {
  type AttentionFit,
  type AttentionSettings,
  attentionSettings,
  checkAttention,
} from './settings.ts'
import { windowFiller } from './windows.ts'

/** What is learned from, and what decides when to stop. */
export interface AttentionData {
  readonly train: Sequences
  /** What came after some sequences, none of it learned from; all epochs are passed without it. */
  readonly validation?: readonly NextStep[]
}

/**
 * Learns SASRec (Kang and McAuley 2018): each place of each window is to tell what came next from
 * all items, or from some drawn evenly, by softmax or by the loss of gSASRec (Petrov and Macdonald
 * 2023). All places of a batch are held against the same draws: a product of two matrices instead
 * of a lookup of hundreds of rows per place.
 *
 * Settings left out are those of `attentionSettings`. Throws `invalid_argument` for settings out of
 * range, and where no sequence has a next item. One seed gives one model, bit by bit.
 */
export async function fitSelfAttention(
  data: AttentionData,
  options: AttentionOptions,
): Promise<SelfAttentionModel> {
  const { descent, lesson, settings, model } = await openAttention(data, options)
  await using _ended = descent
  await descendInEpochs(descent, lesson, settings, options)
  return model()
}

export type AttentionOptions = Partial<AttentionSettings & AttentionFit> & TrainingRun

/** A fit, ready to be taken step by step; who opens it disposes of the descent. */
export interface AttentionCourse {
  readonly descent: Descent
  readonly lesson: Lesson
  /** As given, with a batch of no more rows than there are. */
  readonly settings: AttentionSettings & AttentionFit
  /** The model as it is by now. */
  model(): SelfAttentionModel
}

/** As `fitSelfAttention`, before its first step. */
export async function openAttention(
  { train, validation = [] }: AttentionData,
  options: AttentionOptions,
): Promise<AttentionCourse> {
  const settings = { ...attentionSettings, ...options }
  checkAttention(settings)
  const packs = packed(train, settings.length)
  const packCount = packs.starts.length - 1
  if (packCount === 0) throw invalid('train', 'must hold a sequence of two items or more')
  const batch = Math.min(settings.batch, packCount)
  options.reserve?.(bytesOf({ ...settings, batch }, train.itemCount), 'a step of self-attention')
  const trainee = traineeOf({ ...settings, batch }, train.itemCount)
  const { dims, length, blocks, heads, rate, seed } = settings
  const plans: readonly TablePlan[] = [
    {
      ...{ name: 'items', rowCount: train.itemCount + 1, width: dims },
      // Times √dims, as the network takes them, about 1: less takes many epochs to tell apart.
      ...{ deviation: 1 / Math.sqrt(dims), blank: [0], update: 'every' },
    },
    { name: 'places', rowCount: length, width: dims, deviation: 0.02, update: 'every' },
  ]
  const descent = await openDescent(trainee, plans, { seed, rate, beta2: 0.98 })
  const model = (): SelfAttentionModel => {
    const weights = [...descent.weights].map(([name, values]) => [name, values.slice()] as const)
    const shape = { length, dims, blocks, heads }
    return selfAttentionModel({
      itemCount: train.itemCount,
      settings: shape,
      weights: new Map(weights),
    })
  }
  const judged = someOf(validation, settings.judgedMax, seed)
  const lesson = {
    rowCount: packCount,
    fill: windowFiller(
      { sequences: train, packs, length, draws: settings.negatives !== 'all' },
      descent,
    ),
    ...(judged.length > 0 && { judge: () => ndcgOf(model(), judged) }),
  }
  return { descent, lesson, settings: { ...settings, batch }, model }
}

/** What a step holds, roughly: tables with their moments, shares of items, and states of blocks. */
function bytesOf(settings: AttentionSettings & AttentionFit, itemCount: number): number {
  const { batch, length, dims, blocks, heads, negatives } = settings
  const places = batch * length
  const against = 2 * places * (negatives === 'all' ? itemCount : negatives)
  const states = places * blocks * (30 * dims + 6 * heads * length)
  return 4 * (5 * itemCount * dims + against + states)
}

function traineeOf(settings: AttentionSettings & AttentionFit, itemCount: number): Trainee {
  const { batch, length, dims, negatives, dropout } = settings
  const graph = new Graph({ batch, training: true })
  const looked = (name: string, shape: readonly number[], table = 'items') => ({
    input: graph.input(name, [...shape, dims], { differentiable: true }),
    table,
  })
  const [past, next] = [looked('past', [batch, length]), looked('next', [batch, length])]
  const places = looked('places', [batch, length], 'places')
  const mask = graph.input('mask', [batch, 1, length, length])
  const weights = graph.input('weights', [batch * length])
  const vectors = { vectors: past.input, places: places.input, mask }
  const states = reshape(attention(vectors, settings, dropout), [batch * length, dims])
  const positive = sum(mul(states, reshape(next.input, [batch * length, dims])), [1])
  if (negatives === 'all') {
    const items = looked('catalogue', [itemCount + 1])
    const level = levelOfProducts(states, slice(items.input, 0, 1, itemCount + 1))
    const loss = softmaxLoss(positive, level, weights)
    return { loss, lookups: [past, next, places], wholes: [items] }
  }
  const drawn = looked('negatives', [negatives])
  const loss =
    settings.loss === 'softmax'
      ? sampledSoftmaxLoss(
          positive,
          levelOfProducts(states, drawn.input),
          weights,
          Math.max(1, itemCount - 1) / negatives,
        )
      : temperedLoss(
          positive,
          matmul(states, flip(drawn.input)),
          weights,
          temperOf(settings, negatives, itemCount),
        )
  return { loss, lookups: [past, next, places, drawn] }
}

/** Beta of eq. 9: with the share of items that is drawn, what a positive must be raised to. */
function temperOf({ calibration }: AttentionFit, negatives: number, itemCount: number): number {
  const share = Math.min(1, negatives / Math.max(1, itemCount - 1))
  return share * (calibration * (1 - 1 / share) + 1 / share)
}

/** At most so many, by chance but always the same. */
function someOf(
  steps: readonly NextStep[],
  most: number,
  seed: number | string,
): readonly NextStep[] {
  const random = seededRandom(`${seed}/judged`)
  const left = [...steps]
  for (let place = 0; place < Math.min(most, left.length); place++) {
    const other = place + random.below(left.length - place)
    ;[left[place], left[other]] = [left[other]!, left[place]!]
  }
  return left.slice(0, most)
}

/** Of all questions at once, as the model likes to be asked. */
async function ndcgOf(model: SelfAttentionModel, steps: readonly NextStep[]): Promise<number> {
  const answers = await model.next(steps.map(({ past }) => past))
  return meanNdcg(steps, (_, place) => answers[place]!)
}
