import { wholeOf } from '../evaluation/interval-of.ts'
import type { Judgement, JudgeOptions, Protocol, Sample } from '../evaluation/protocols/protocol.ts'
import type { Asked } from '../evaluation/protocols/question.ts'

/** The share of the questions that is asked first, and how many these must be to tell anything. */
const firstShare = 0.25
const firstMin = 100

/** Standard errors below the best beyond which nobody asks on. */
const errorsMax = 2

/** What came of a trial: to all questions, or to the first, where those were enough. */
export type Looked =
  | { readonly judgement: Judgement }
  /** By how much the mean of the first metric is below that of the best, to the same questions. */
  | { readonly below: number }

export interface LookOptions extends JudgeOptions {
  /** What the best so far answered, in the same order; all questions are asked where left out. */
  readonly best?: Sample
}

/**
 * Judges a trial by some of the questions first: the rest is asked only of those that are not
 * surely worse than the best so far (racing, Maron and Moore 1994). What is not asked in lists is
 * judged as a whole.
 */
export function lookFirst(protocol: Protocol<unknown, unknown, unknown>, part: unknown) {
  const [first, rest] = dividedOf(part)
  return async (learned: unknown, { best, ...options }: LookOptions): Promise<Looked> => {
    const some = await protocol.judge(learned, first, options)
    if (rest === undefined) return { judgement: some }
    const [metric] = Object.keys(some)
    const below = best && surelyBelow(some[metric!]!, best)
    if (below !== undefined) return { below }
    const more = await protocol.judge(learned, rest, options)
    return { judgement: joined(some, more) }
  }
}

/** Every so manieth question, and the others: users come in an order that may mean something. */
function dividedOf(part: unknown): readonly [unknown, unknown?] {
  const { questions, targets } = part as Partial<Asked>
  if (questions === undefined || targets === undefined) return [part]
  if (questions.length * firstShare < firstMin) return [part]
  const every = Math.round(1 / firstShare)
  const only = (isIn: (place: number) => boolean): Asked => ({
    ...(part as Asked),
    questions: questions.filter((_, place) => isIn(place)),
    targets: targets.filter((_, place) => isIn(place)),
  })
  return [only((place) => place % every === 0), only((place) => place % every !== 0)]
}

/** How far a sample is below the beginning of another, where that is no chance. */
function surelyBelow(sample: Sample, best: Sample): number | undefined {
  if (!(sample instanceof Float64Array && best instanceof Float64Array)) return undefined
  const losses = sample.map((value, place) => best[place]! - value)
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  const squares = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0)
  const error = Math.sqrt(squares) / losses.length
  return mean > errorsMax * error ? mean : undefined
}

function joined(one: Judgement, other: Judgement): Judgement {
  const both = Object.entries(one).map(([metric, sample]) => {
    const next = other[metric]!
    if (!(sample instanceof Float64Array && next instanceof Float64Array)) {
      throw new TypeError(`${metric} of lists must be a value for each of them`)
    }
    return [metric, Float64Array.from([...sample, ...next])]
  })
  return Object.fromEntries(both)
}

/** The figures of a judgement, by metric. */
export function figuresOf(judgement: Judgement): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(judgement).map(([name, all]) => [name, wholeOf(all)]))
}
