import { seededRandom } from '../../kernel/random.ts'
import { intervalOf } from '../evaluation/interval-of.ts'
import { intervalsOf } from '../evaluation/intervals-of.ts'
import type { Judgement, Sample } from '../evaluation/protocols/protocol.ts'
import type { EvaluatedModel, Figure } from './evaluation.ts'

/** What a report tells of an answer besides who gave it. */
export type Judged = Pick<EvaluatedModel, 'figures' | 'slices' | 'curve' | 'reliability'>

export interface JudgedOptions {
  readonly k: number
  readonly seed: number | string
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

/** Figures with their intervals; the same users are drawn for all of them. */
export function figuresOf(judgement: Judgement, seed: number | string): readonly Figure[] {
  const random = () => seededRandom(seed).fork('interval')
  const samples = Object.values(judgement)
  // A slice that holds nobody was not judged.
  if (samples.length === 0) return []
  const intervals = areMeans(samples)
    ? intervalsOf(samples, random())
    : samples.map((sample) => intervalOf([sample], random()))
  return Object.keys(judgement).map((metric, place) => {
    const { mean, low, high } = intervals[place]!
    return { metric, value: mean, low, high }
  })
}

/** True for values of the same users. */
function areMeans(samples: readonly Sample[]): samples is readonly Float64Array[] {
  const [first] = samples
  return samples.every(
    (sample) =>
      sample instanceof Float64Array &&
      first instanceof Float64Array &&
      sample.length === first.length,
  )
}

/** A figure of all lists together, which no interval over users fits. */
export const figureOf = (metric: string, value: number): Figure => ({
  ...{ metric, value, low: null, high: null },
})

/** Below so many meetings somebody, or something, is cold. */
export const coldUser = 5
export const coldItem = 10

/** How often each value below `size` comes. */
export function countsOf(values: ArrayLike<number>, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (let place = 0; place < values.length; place++) counts[values[place]!]! += 1
  return counts
}
