import { invalid } from '../../error.ts'
import type { Random } from '../../kernel/random.ts'
import type { Interval } from './bootstrap.ts'
import type { Sample } from './protocols/protocol.ts'

const rounds = 1000
const tail = 0.025

/**
 * A figure with its 95 % interval over users, who are drawn with replacement (Efron 1979): of a
 * mean of theirs, or of a figure of all their rows. Of several samples, such as the folds of a
 * set, it is the mean, and users of each are drawn by themselves.
 */
export function intervalOf(samples: readonly Sample[], random: Random): Interval {
  if (samples.length === 0) throw invalid('samples', 'are none, must be one at least')
  const crowds = samples.map((sample) => (isPooled(sample) ? pooled(sample) : means(sample)))
  const mean = (of: (crowd: Crowd) => number): number =>
    crowds.reduce((sum, crowd) => sum + of(crowd), 0) / crowds.length
  const drawn = Float64Array.from({ length: rounds }, () => mean(({ drawn }) => drawn(random)))
  // A crowd without any positive has no AUC; such crowds are rare, and say nothing.
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort()
  const at = (share: number): number =>
    sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
  return { mean: mean(({ whole }) => whole), low: at(tail), high: at(1 - tail) }
}

/** The figure of all. */
export function wholeOf(sample: Sample): number {
  return (isPooled(sample) ? pooled(sample) : means(sample)).whole
}

interface Crowd {
  readonly whole: number
  /** The figure of as many users, drawn from them. */
  drawn(random: Random): number
}

function isPooled(sample: Sample): sample is Exclude<Sample, Float64Array> {
  return !(sample instanceof Float64Array)
}

function means(values: Float64Array): Crowd {
  if (values.length === 0) throw invalid('values', 'are empty, must hold at least one')
  return {
    whole: values.reduce((sum, value) => sum + value, 0) / values.length,
    drawn(random) {
      let sum = 0
      for (let draw = 0; draw < values.length; draw++) sum += values[random.below(values.length)]!
      return sum / values.length
    },
  }
}

function pooled({ userCount, of }: Exclude<Sample, Float64Array>): Crowd {
  const times = new Uint32Array(userCount)
  return {
    whole: of(new Uint32Array(userCount).fill(1)),
    drawn(random) {
      times.fill(0)
      for (let draw = 0; draw < userCount; draw++) times[random.below(userCount)]! += 1
      return of(times)
    },
  }
}
