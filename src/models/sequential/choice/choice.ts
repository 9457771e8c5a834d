import { invalid } from '../../../error.ts'
import { type Random, seededRandom } from '../../../kernel/random.ts'
import type { TrainingRun } from '../../model.ts'
import { openPace, type Pace } from '../../pace.ts'
import type { Sequences } from '../../sequences.ts'
import { type ChoiceModel, choiceModel } from './choice-model.ts'
import { type Choice, fitConditionalLogit, type LogitOptions } from './conditional-logit.ts'
import type { Moment, Signal } from './signal.ts'

/** Who met what and when: `times` in the places of `train.items`, ascending within a row. */
export interface TimedSequences {
  readonly train: Sequences
  /** Seconds. */
  readonly times: Float64Array
}

/** Makes the signals by name, from sequences that hold nothing of what they are weighed by. */
export type MakeSignals = (data: TimedSequences, pace: Pace) => Promise<ReadonlyMap<string, Signal>>

export interface ChoiceOptions extends TrainingRun, LogitOptions {
  /** Items drawn evenly that each choice is set among, 1 to 10,000. */
  readonly negatives: number
  /** Choices learned from at most, drawn by chance. */
  readonly choicesMax: number
}

/**
 * Learns how much to make of each of several signals, from what users chose last: the last item of
 * each sequence of three or more is taken out, signals are made of the rest, and weighed by how
 * well they tell it from items that the user did not meet. Then signals are made of all there is,
 * so what they count is a little more than what they were weighed by.
 *
 * Throws `invalid_argument` for options out of range and for data without such a sequence.
 */
export async function fitChoice(
  data: TimedSequences,
  make: MakeSignals,
  { negatives, choicesMax, seed, signal: abort, onProgress, ...logit }: ChoiceOptions,
): Promise<ChoiceModel> {
  if (!(Number.isInteger(negatives) && negatives >= 1 && negatives <= 10_000)) {
    throw invalid('negatives', `${negatives} must be a whole number >= 1 and <= 10000`)
  }
  if (!(Number.isInteger(choicesMax) && choicesMax >= 1)) {
    throw invalid('choicesMax', `${choicesMax} must be a whole number >= 1`)
  }
  const pace = openPace(abort)
  const { itemCount } = data.train
  const { rest, last } = withoutLast(data)
  const random = seededRandom(`${seed}/choice`)
  const some = sample(last, choicesMax, random.fork('users'))
  const known = await make(rest, pace)
  onProgress?.(0.3)
  const names = [...known.keys()]
  const choices: Choice[] = []
  const drawn = random.fork('negatives')
  for (const { moment, target } of some) {
    const candidates = amongOthers(target, moment.past, negatives, itemCount, drawn)
    const columns = names.map((name) => known.get(name)!.of(moment, candidates))
    choices.push({ columns, chosen: 0 })
    if (pace.due(500 * candidates.length * names.length)) await pace.rest()
  }
  onProgress?.(0.6)
  const weights = await fitConditionalLogit(choices, logit, pace)
  onProgress?.(0.8)
  const whole = await make(data, pace)
  await pace.rest()
  onProgress?.(1)
  const parts = names.map((name, place) => ({
    ...{ name, weight: weights[place]!, signal: whole.get(name)! },
  }))
  return choiceModel(itemCount, parts)
}

interface LastChoice {
  readonly moment: Moment
  readonly target: number
}

function withoutLast({ train, times }: TimedSequences) {
  const { starts, items, itemCount } = train
  const last: LastChoice[] = []
  const keptStarts = new Uint32Array(starts.length)
  const [keptItems, keptTimes]: [number[], number[]] = [[], []]
  for (let row = 0; row + 1 < starts.length; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!]
    const end = to - from >= 3 ? to - 1 : to
    if (end < to) {
      const moment = {
        past: items.slice(from, end),
        times: times.slice(from, end),
        at: times[end]!,
      }
      last.push({ moment, target: items[end]! })
    }
    for (let place = from; place < end; place++) {
      keptItems.push(items[place]!)
      keptTimes.push(times[place]!)
    }
    keptStarts[row + 1] = keptItems.length
  }
  const rest = {
    train: { itemCount, starts: keptStarts, items: Uint32Array.from(keptItems) },
    times: Float64Array.from(keptTimes),
  }
  return { rest, last }
}

/** At most `count`, in the order in which they stand. */
function sample<T>(all: readonly T[], count: number, random: Random): readonly T[] {
  if (all.length <= count) return all
  let left = count
  return all.filter((_, place) => {
    const isIn = random.next() * (all.length - place) < left
    if (isIn) left--
    return isIn
  })
}

/** The target first, and others that were not met; fewer where the catalogue has no more. */
function amongOthers(
  target: number,
  past: Uint32Array,
  count: number,
  itemCount: number,
  random: Random,
): Uint32Array {
  const taken = new Set(past).add(target)
  const chosen = [target]
  const most = Math.min(count, itemCount - taken.size)
  while (chosen.length <= most) {
    const item = random.below(itemCount)
    if (taken.has(item)) continue
    taken.add(item)
    chosen.push(item)
  }
  return Uint32Array.from(chosen)
}
