import type { Tensor } from '../tensor.ts'
import { softplus } from './activations.ts'
import { add, mul, neg, scale, shift, square, sub, sum, sumAll } from './elementary.ts'

/**
 * Σ weight · -log likelihood of a label in [0, 1] under a log-odds. Weights that sum to 1 make it
 * the mean; rows of weight 0 count for nothing.
 */
export const crossEntropy = (logOdds: Tensor, labels: Tensor, weights: Tensor): Tensor =>
  sumAll(mul(weights, sub(softplus(logOdds), mul(labels, logOdds))))

/** Σ weight · (found - wanted)² / 2. */
export const squaredError = (found: Tensor, wanted: Tensor, weights: Tensor): Tensor =>
  scale(sumAll(mul(weights, square(sub(found, wanted)))), 0.5)

/**
 * Σ weight · -log of the chance that the positive is drawn, by softmax. `level` is log Σ exp of all
 * there are, the positive too.
 */
export const softmaxLoss = (positive: Tensor, level: Tensor, weights: Tensor): Tensor =>
  sumAll(mul(weights, sub(level, positive)))

/**
 * The same from a sample: `level` is that of some drawn evenly, each of which stands for `each` of
 * those that are not the positive (Jean et al. 2015).
 */
export const sampledSoftmaxLoss = (
  positive: Tensor,
  level: Tensor,
  weights: Tensor,
  each: number,
): Tensor => sumAll(mul(weights, softplus(shift(sub(level, positive), Math.log(each)))))

/**
 * Σ weight · (-beta log σ(positive) - Σ log(1 - σ(negative))): binary cross-entropy whose positives
 * are tempered against the overconfidence that sampled negatives bring (Petrov and Macdonald 2023,
 * gBCE, eq. 8). `negatives` has one axis more than `positive`; with beta 1 it is the plain loss.
 */
export function temperedLoss(
  positive: Tensor,
  negatives: Tensor,
  weights: Tensor,
  beta: number,
): Tensor {
  const hit = scale(softplus(neg(positive)), beta)
  return sumAll(mul(weights, add(hit, sum(softplus(negatives), [-1]))))
}
