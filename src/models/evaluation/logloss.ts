import { invalid } from '../../error.ts'

/** A certain error would cost infinitely much; so it costs about 34.5. */
const certain = 1e-15

/**
 * The mean of -log of the probability given to what happened, in nats, by the weight of the rows.
 * Probabilities and labels lie in [0, 1].
 */
export function logloss(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  let [sum, total] = [0, 0]
  for (let row = 0; row < labels.length; row++) {
    const chance = Math.min(1 - certain, Math.max(certain, probabilities[row]!))
    const label = labels[row]!
    const weight = weights?.[row] ?? 1
    sum -= weight * (label * Math.log(chance) + (1 - label) * Math.log1p(-chance))
    total += weight
  }
  if (total === 0) throw invalid('labels', 'must hold at least one row of weight > 0')
  return sum / total
}
