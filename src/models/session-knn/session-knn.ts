import { invalid } from '../../error.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import type { Sequences } from '../sequences.ts'
import {
  type SessionKnnAsk,
  type SessionKnnModel,
  sessionIndex,
  sessionKnnModel,
} from './session-knn-model.ts'

export interface SessionKnnOptions extends Partial<TrainingRun>, SessionKnnAsk {
  /** Sessions kept, the newest, 1 to 100,000,000. */
  readonly sessions: number
}

/**
 * Nearest neighbours among sessions: V-SKNN (Ludewig and Jannach 2018, section 3.3), whose late
 * items count more, with what STAN (Garg et al. 2019, eq. 5-9) adds to it: sessions fade, and in a
 * session alike an item counts the more the nearer it stands to what both met. Ages are counted in
 * sessions instead of hours, so rows must come in the order of time.
 *
 * Nothing is fitted but an index. Throws `invalid_argument` for options out of range.
 */
export async function fitSessionKnn(
  sequences: Sequences,
  options: SessionKnnOptions,
): Promise<SessionKnnModel> {
  const { sessions, signal, onProgress } = options
  const ask = askOf(options)
  check(sessions, ask)
  const pace = openPace(signal)
  const index = sessionIndex(newest(sequences, sessions))
  await pace.rest()
  onProgress?.(1)
  return sessionKnnModel(index, ask)
}

/** What the model keeps: nothing of the run. */
function askOf(options: SessionKnnOptions): SessionKnnAsk {
  const { memory, decay, sample, neighbors, halfLife, nearness } = options
  const { backward, lengthRestraint, restraint } = options
  return {
    ...{ memory, decay, sample, neighbors, halfLife, nearness },
    ...{ backward, lengthRestraint, restraint },
  }
}

function newest(sequences: Sequences, count: number): Sequences {
  const { itemCount, starts, items } = sequences
  const from = Math.max(0, starts.length - 1 - count)
  if (from === 0) return sequences
  const begin = starts[from]!
  return {
    itemCount,
    starts: starts.subarray(from).map((start) => start - begin),
    items: items.slice(begin),
  }
}

function check(sessions: number, ask: SessionKnnAsk): void {
  const whole = (field: string, value: number, most: number): void => {
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(field, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  const share = (field: 'backward' | 'lengthRestraint' | 'restraint'): void => {
    if (ask[field] >= 0 && ask[field] <= 1) return
    throw invalid(field, `${ask[field]} must be >= 0 and <= 1`)
  }
  const factor = (field: 'decay' | 'nearness'): void => {
    if (ask[field] > 0 && ask[field] <= 1) return
    throw invalid(field, `${ask[field]} must be > 0 and <= 1`)
  }
  whole('sessions', sessions, 100_000_000)
  whole('memory', ask.memory, 1_000)
  whole('sample', ask.sample, 100_000)
  whole('neighbors', ask.neighbors, 100_000)
  if (!(ask.halfLife >= 1 && ask.halfLife < Number.POSITIVE_INFINITY)) {
    throw invalid('halfLife', `${ask.halfLife} must be finite and >= 1`)
  }
  factor('decay')
  factor('nearness')
  share('backward')
  share('lengthRestraint')
  share('restraint')
}
