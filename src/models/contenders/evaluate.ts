import { invalid } from '../../error.ts'
import type { InteractionData } from '../evaluation/formats/interaction-data.ts'
import type { RatingsData } from '../evaluation/formats/ratings-data.ts'
import type { SequenceData } from '../evaluation/formats/sequence-data.ts'
import type { LibfmData, libfm } from '../evaluation/protocols/libfm.ts'
import { type Format, isLoss, type Split } from '../evaluation/protocols/protocol.ts'
import type { Asked } from '../evaluation/protocols/question.ts'
import { cutOf, type SearchBudget } from './choose-settings.ts'
import type { AnyContender, Fitted } from './contender.ts'
import { fieldOf } from './contenders-of.ts'
import type { EvaluatedModel, Evaluation } from './evaluation.ts'
import { type Hand, sharedOut } from './hands/hand.ts'
import { threadHand } from './hands/thread-hand.ts'
import {
  type Gauges,
  type Ground,
  isTooLong,
  learnAndJudge,
  lists,
  trainOf,
} from './learn-and-judge.ts'

export interface EvaluateOptions {
  readonly title: string
  readonly format: Format
  readonly split: Split<unknown, unknown>
  /**
   * Names; the baselines stand beside them. All that take the data where left out, but for those
   * that are parts of others.
   */
  readonly models?: readonly string[]
  /** Others that data of the format may be learned by, unless there is one of the name. */
  readonly also?: readonly AnyContender[]
  /** How long lists are; 10 where left out. */
  readonly k?: number
  readonly seed: number | string
  /** Settings are searched within it; the usual ones where it is left out. */
  readonly budget?: SearchBudget
  readonly gauges: Gauges
  /**
   * Threads that learn and judge a contender each at a time; this one alone where left out. Each
   * holds the data, and what it learned where a blend asks.
   */
  readonly threads?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (step: string, share: number) => void
  readonly tell?: (line: string) => void
  /** Told of each model when it was judged: whoever stops then has what there is. */
  readonly onJudged?: (model: EvaluatedModel) => void | Promise<void>
}

/**
 * Learns every model from the same data, and judges what they answer to the same questions.
 *
 * Throws `invalid_argument` for names that there are none of, and rejects where no model at all
 * could be learned; where some could not, the evaluation says why.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { title, format, split, k = 10, seed, budget } = options
  const { protocol } = fieldOf(format)
  const counts = countsOf(format, split)
  // Said once, before each model fails by it, or foretells by nothing.
  for (const [what, count] of Object.entries(counts)) {
    if (count === 0) throw invalid('data', `hold no ${what}: there must be one at least`)
  }
  const cut = budget && cutOf(protocol, split.data, budget)
  const ground: Ground = {
    ...{ format, split, k, seed, gauges: options.gauges },
    ...{ ...(budget && { budget }), ...(cut && { cut }) },
    ...(options.signal && { signal: options.signal }),
    ...(options.onProgress && { onProgress: options.onProgress }),
    ...(options.tell && { tell: options.tell }),
  }
  const { models, notes } = await entered(options, ground)
  if (models.length === 0) throw invalid('models', `left none to judge: ${notes.join('; ')}`)
  const first = models[0]!.figures[0]!.metric
  const worth = ({ figures }: EvaluatedModel) => (isLoss(first) ? -1 : 1) * figures[0]!.value
  return {
    ...{ title, format, protocol: protocol.description, seed },
    ...(lists(format) && { k }),
    counts,
    notes: [settingsNote(budget), ...notes],
    models: models.toSorted((one, other) => worth(other) - worth(one)),
  }
}

/** All contenders that could be judged, and what is to be said of the others. */
async function entered(options: EvaluateOptions, ground: Ground) {
  const chosen = chosenOf(options)
  const models: EvaluatedModel[] = []
  const said = new Map(chosen.map(({ name }) => [name, [] as string[]]))
  const note = ({ name }: AnyContender, text: string) => said.get(name)!.push(`${name} ${text}`)
  // Models are held no longer than they are asked, unless others are made of them.
  const isKept = chosen.some(({ isBlend }) => isBlend)
  const others: Fitted<unknown>[] = []
  const here: Hand = {
    ...{ hasEnded: false, takes: () => true },
    learn: (contender, secondsLeft) => learnAndJudge(contender, ground, secondsLeft, others),
  }
  const begunMs = ground.gauges.now()
  const secondsLeft = (): number | undefined => {
    const { secondsInAll } = ground.budget ?? {}
    return secondsInAll && secondsInAll - (ground.gauges.now() - begunMs) / 1_000
  }
  const enter = async (contender: AnyContender, hand: Hand): Promise<void> => {
    options.tell?.(contender.name)
    if (isTooLong(contender, ground))
      note(contender, 'has its usual settings: one fit takes as long as a search may')
    const entrant = await hand.learn(contender, secondsLeft()).catch((error: unknown) => {
      options.signal?.throwIfAborted()
      const reason = error instanceof Error ? error.message : String(error)
      note(contender, `could not be learned: ${reason}`)
    })
    if (entrant === undefined) return
    const { settings } = entrant.model
    if (isKept && entrant.fitted) others.push({ ...entrant.fitted, settings })
    models.push(entrant.model)
    await options.onJudged?.(entrant.model)
  }
  const taken = chosen.filter((contender) => {
    const isTaken = contender.takes(ground.split.data)
    if (!isTaken) note(contender, 'is left out: the data are too large for it, or tell no order')
    return isTaken
  })
  const { threads: threadCount = 0 } = options
  const threads = Array.from({ length: threadCount }, () => threadHand(ground, isKept))
  try {
    const alone = taken.filter(({ isBlend }) => !isBlend)
    await sharedOut(alone, threads, here, enter)
    for (const contender of taken.filter(({ isBlend }) => isBlend)) await enter(contender, here)
  } finally {
    await Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]()))
  }
  return { models, notes: [...said.values()].flat() }
}

function countsOf(format: Format, { data, part }: Split<unknown, unknown>) {
  if (format === 'libfm') {
    const { train } = data as LibfmData
    const { examples } = part as Parameters<typeof libfm.judge>[1]
    return { 'rows to learn from': train.rowCount, 'rows asked for': examples.rowCount }
  }
  if (format === 'ratings') {
    const { train, userIds, itemIds } = data as RatingsData
    const asked = (part as { users: Uint32Array }).users.length
    const rows = { 'ratings to learn from': train.users.length, 'ratings asked for': asked }
    return { users: userIds.length, items: itemIds.length, ...rows }
  }
  const train = trainOf(data as InteractionData | SequenceData)
  const { questions, targets } = part as Asked
  return {
    users: train.rowCount,
    items: train.columnCount,
    'meetings to learn from': train.columns.length,
    questions: questions.length,
    'items asked for': targets.reduce((sum, each) => sum + each.length, 0),
  }
}

function chosenOf({ format, models, also = [] }: EvaluateOptions): readonly AnyContender[] {
  const known = fieldOf(format).contenders
  const others = also.filter(({ name }) => !known.some((each) => each.name === name))
  const contenders = [...known, ...others]
  const names = contenders.map(({ name }) => name)
  for (const name of models ?? []) {
    if (!names.includes(name))
      throw invalid('models', `${name} must be one of ${names.join(', ')}, for ${format}`)
  }
  const wanted = contenders.filter(
    ({ name, isBaseline, isPart }) =>
      isBaseline === true || (models === undefined ? isPart !== true : models.includes(name)),
  )
  // Whoever waits is told of the best first; blends are made of the others.
  const turn = ({ isBaseline, isBlend }: AnyContender) => (isBlend ? 2 : isBaseline ? 1 : 0)
  return wanted.toSorted((one, other) => turn(one) - turn(other))
}

function settingsNote(budget: SearchBudget | undefined): string {
  if (budget === undefined) return 'Settings are the usual ones; none were searched.'
  const { sampler, trials, seconds, secondsInAll, usersMax, seed } = budget
  const inAll = secondsInAll === undefined ? '' : ` (${secondsInAll} s for all)`
  return (
    `Settings were searched on a part cut from what may be learned from: at most ${trials} ` +
    `trials by ${sampler} and ${seconds} s for each model${inAll}, ${usersMax} users asked, ` +
    `seed ${seed}.`
  )
}
