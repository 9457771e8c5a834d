import { invalid } from '../../error.ts'
import { randomOrder } from '../../kernel/lists/random-order.ts'
import { seededRandom } from '../../kernel/random.ts'
import { logloss } from '../evaluation/logloss.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { checkExamples, examplesAt } from '../ranking/examples.ts'
import { headsOf, labelsOf } from '../ranking/labels.ts'
import type { OnlineLearner, OnlineTrainer } from '../ranking/online.ts'
import type { Ranker, RankingData } from '../ranking/ranker.ts'
import type { Examples } from '../ranking/rows.ts'
import { keepPass, readPass } from './pass-steps.ts'

export interface Passes {
  /** Passes over the rows, at most: 1 to 1000. */
  readonly epochs: number
  /** Ends where the loss on validation was not least in any of so many passes, >= 1. */
  readonly patience: number
  /** Are the rows shuffled before each pass, or taken as they came? */
  readonly shuffled: boolean
}

/** Rows that are learned from between two rests. */
const blockRows = 512

/**
 * Fits a learner of streams to what has come together already, in passes. With validation the pass
 * whose mean logloss was least there is kept; without, the last one.
 */
export async function fitInPasses<M extends Ranker>(
  { fields, train, validation }: RankingData,
  { epochs, patience, shuffled }: Passes,
  { seed, signal, onProgress, checkpoints }: TrainingRun,
  { start, resume, load }: Pick<OnlineTrainer<M>, 'start' | 'resume' | 'load'>,
): Promise<M> {
  wholeIn('epochs', epochs, 1000)
  wholeIn('patience', patience, 1000)
  const pace = openPace(signal)
  const heads = headsOf(train)
  for (const head of heads) labelsOf(train, head)
  checkExamples(train, fields, heads)
  const step = await readPass(checkpoints)
  const learner = step ? resume(step.learner) : start({ fields, heads, seed, like: train })
  const random = seededRandom(seed).fork('order')
  const asTheyCame = Uint32Array.from({ length: train.rowCount }, (_, row) => row)
  type Best = { readonly model: M; readonly loss: number; readonly epoch: number }
  let best: Best | undefined = step?.best && { ...step.best, model: load(step.best.model) }
  for (let epoch = 1; epoch <= epochs; epoch++) {
    // Also of passes that were made before: chance goes on from one to the next.
    const order = shuffled ? randomOrder(train.rowCount, random) : asTheyCame
    if (epoch <= (step?.epoch ?? 0)) continue
    await onePass(learner, train, order, pace)
    if (validation !== undefined) {
      const model = learner.model()
      const loss = await lossOf(model, validation)
      if (best === undefined || loss < best.loss) best = { model, loss, epoch }
      if (epoch - best.epoch >= patience) break
    }
    if (epoch === epochs) break
    await keepPass(checkpoints, () => ({
      ...{ epoch, learner: learner.model().save() },
      ...(best && { best: { ...best, model: best.model.save() } }),
    }))
    onProgress?.(epoch / epochs)
  }
  onProgress?.(1)
  return best?.model ?? learner.model()
}

async function onePass<M extends Ranker>(
  learner: OnlineLearner<M>,
  train: Examples,
  order: Uint32Array,
  pace: Pace,
): Promise<void> {
  for (let from = 0; from < order.length; from += blockRows) {
    learner.learn(examplesAt(train, learner.fields, order.subarray(from, from + blockRows)))
    await pace.rest()
  }
}

/** The mean over the heads. */
async function lossOf(model: Ranker, { labels, weights, ...rows }: Examples): Promise<number> {
  const chances = await model.predict(rows)
  const losses = model.heads.map((head, index) =>
    logloss(chances[index]!, labels.get(head)!, weights),
  )
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

function wholeIn(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return
  throw invalid(name, `${value} must be a whole number >= 1 and <= ${most}`)
}
