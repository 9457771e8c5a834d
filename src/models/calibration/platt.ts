import { invalid } from '../../error.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Curve, Judged } from './curve.ts'

/** As far from certain as single precision tells. */
const certain = 1e-7

/**
 * A logistic curve over the log-odds that a model gives (Platt 1999), by Newton's method as Lin,
 * Lin and Weng (2007) make it safe: two numbers, so it needs few rows. What was certain is drawn a
 * little from 0 and 1, by as much as so many rows can't know.
 */
export function plattCurve({ chances, labels, weights }: Judged): Curve {
  let [positive, negative] = [0, 0]
  for (const [row, label] of labels.entries()) {
    positive += weights[row]! * label
    negative += weights[row]! * (1 - label)
  }
  if (!(positive > 0 && negative > 0)) {
    throw invalid('labels', `of ${labels.length} rows must hold both positives and negatives`)
  }
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (negative + 2)]
  const odds = Float64Array.from(chances, logOdds)
  let [slope, shift] = [1, 0]
  let loss = lossAt(slope, shift)
  function lossAt(factor: number, constant: number): number {
    let sum = 0
    for (const [row, label] of labels.entries()) {
      const value = factor * odds[row]! + constant
      const target = low + label * (high - low)
      const rest = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)))
      sum += weights[row]! * (rest - target * value)
    }
    return sum
  }
  for (let step = 0; step < 100; step++) {
    let [bySlope, byShift] = [0, 0]
    let [slopes, both, shifts] = [1e-12, 0, 1e-12]
    for (const [row, label] of labels.entries()) {
      const chance = probability(slope * odds[row]! + shift)
      const error = weights[row]! * (chance - (low + label * (high - low)))
      const bend = weights[row]! * chance * (1 - chance)
      bySlope += error * odds[row]!
      byShift += error
      slopes += bend * odds[row]! ** 2
      both += bend * odds[row]!
      shifts += bend
    }
    const determinant = slopes * shifts - both * both
    if (!(determinant > 0)) break
    const stepSlope = (bySlope * shifts - byShift * both) / determinant
    const stepShift = (byShift * slopes - bySlope * both) / determinant
    let length = 1
    let there = lossAt(slope - stepSlope, shift - stepShift)
    while (!(there < loss) && length > 1e-8) {
      length /= 2
      there = lossAt(slope - length * stepSlope, shift - length * stepShift)
    }
    if (!(there < loss)) break
    slope -= length * stepSlope
    shift -= length * stepShift
    const gain = loss - there
    loss = there
    if (gain <= 1e-12 * Math.abs(loss)) break
  }
  // A model that orders the wrong way round knows nothing that a curve may show.
  if (!(slope > 0)) {
    slope = 0
    shift = Math.log(positive / negative)
  }
  return logisticCurve(slope, shift)
}

export function logisticCurve(slope: number, shift: number): Curve {
  return {
    kind: 'platt',
    apply: (chances) => chances.map((chance) => probability(slope * logOdds(chance) + shift)),
    points: Float64Array.of(slope, shift),
  }
}

function logOdds(chance: number): number {
  const inside = Math.min(1 - certain, Math.max(certain, chance))
  return Math.log(inside / (1 - inside))
}
