import type { Pace } from '../pace.ts'

/**
 * The rows a logistic regression learns from, as it sees them: standardised, with marks for what is
 * absent.
 */
export interface Design {
  /**
   * 1 for the bias, one per feature, one per feature that is absent in some rows but not in all.
   */
  readonly width: number
  readonly rowCount: number
  readonly scales: Scales

  /** Writes rows `from` to `to` into `block`, row by row. */
  fill(from: number, to: number, block: Float64Array): void

  /** The place of a feature's mark in a row, or -1 where it has none. */
  markOf(feature: number): number
}

/**
 * How the values of each feature are made comparable: (value - mean) / deviation, 0 where absent.
 */
export interface Scales {
  /** As 32-bit numbers hold it; any value that is not finite is absent too. */
  readonly absent: Float64Array
  /** Of the values that are present, by the weight of their rows. */
  readonly mean: Float64Array
  /** 1 for a feature that never varies. */
  readonly deviation: Float64Array
}

export function isAbsent(value: number, absent: number): boolean {
  // The difference of a number to itself is 0 unless the number is infinite or none: a cheap test.
  return value === absent || value - value !== 0
}

/** `values` is rowCount × features, row by row; `weights` one number per row. */
export async function designOf(
  values: Float32Array,
  absentValues: readonly number[],
  weights: Float32Array,
  pace: Pace,
): Promise<Design> {
  const featureCount = absentValues.length
  const absent = Float64Array.from(absentValues, Math.fround)
  const { mean, deviation, presentCount } = await momentsOf(values, absent, weights, pace)
  const sometimes = (count: number): boolean => count > 0 && count < weights.length
  const marked = Array.from(absent.keys()).filter((feature) => sometimes(presentCount[feature]!))
  const width = 1 + featureCount + marked.length
  const marks = new Int32Array(featureCount).fill(-1)
  for (const [index, feature] of marked.entries()) marks[feature] = 1 + featureCount + index
  return {
    width,
    rowCount: weights.length,
    scales: { absent, mean, deviation },
    markOf: (feature) => marks[feature]!,
    fill(from, to, block) {
      block.fill(0, 0, (to - from) * width)
      for (let row = from; row < to; row++) {
        const start = (row - from) * width
        block[start] = 1
        for (let feature = 0; feature < featureCount; feature++) {
          const value = values[row * featureCount + feature]!
          if (!isAbsent(value, absent[feature]!)) {
            block[start + 1 + feature] = (value - mean[feature]!) / deviation[feature]!
          } else if (marks[feature]! >= 0) block[start + marks[feature]!] = 1
        }
      }
    },
  }
}

interface Moments extends Pick<Scales, 'mean' | 'deviation'> {
  /** Rows in which the feature is present. */
  readonly presentCount: Uint32Array
}

/** Two passes: the deviation from a mean that is known loses nothing to rounding. */
async function momentsOf(
  values: Float32Array,
  absent: Float64Array,
  weights: Float32Array,
  pace: Pace,
): Promise<Moments> {
  const featureCount = absent.length
  const total = new Float64Array(featureCount)
  const mean = new Float64Array(featureCount)
  const deviation = new Float64Array(featureCount)
  const presentCount = new Uint32Array(featureCount)
  for (const pass of ['mean', 'deviation'] as const) {
    for (let row = 0; row < weights.length; row++) {
      const weight = weights[row]!
      for (let feature = 0; feature < featureCount; feature++) {
        const value = values[row * featureCount + feature]!
        if (isAbsent(value, absent[feature]!)) continue
        if (pass === 'mean') {
          presentCount[feature]! += 1
          total[feature]! += weight
          mean[feature]! += weight * value
        } else deviation[feature]! += weight * (value - mean[feature]!) ** 2
      }
      if (pace.due(2 * featureCount)) await pace.rest()
    }
    if (pass === 'mean') {
      for (let feature = 0; feature < featureCount; feature++)
        mean[feature]! /= total[feature]! || 1
    }
  }
  for (let feature = 0; feature < featureCount; feature++) {
    const spread = Math.sqrt(deviation[feature]! / (total[feature]! || 1))
    // Below what 32-bit numbers tell apart, a spread is rounding.
    deviation[feature] = spread > 1e-7 * Math.abs(mean[feature]!) ? spread : 1
  }
  return { mean, deviation, presentCount }
}
