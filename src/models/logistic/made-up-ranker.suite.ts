import { seededRandom } from '../../kernel/random.ts'
import { type LogisticModel, logisticModel } from './logistic-model.ts'

/**
 * A ranker of weights that are made up, where what it thinks is no matter: over tastes that are
 * made up a learned one may lose to a single column and be refused, and what a ranker costs does
 * not depend on its weights.
 */
export function madeUpRanker(
  features: readonly { readonly name: string; readonly absent: number }[],
): LogisticModel {
  const random = seededRandom('made up')
  const numbers = (of: (feature: number) => number) => Float64Array.from(features.keys(), of)
  return logisticModel({
    features: features.map(({ name }) => name),
    bias: -3,
    absent: numbers((feature) => Math.fround(features[feature]!.absent)),
    mean: numbers(() => 0),
    deviation: numbers(() => 1),
    slope: numbers(() => random.next() - 0.3),
    ifAbsent: numbers(() => 0),
  })
}
