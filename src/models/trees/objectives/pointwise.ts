import { invalid } from '../../../error.ts'
import { probability } from '../../logistic/logistic-model.ts'
import type { Objective, Outcomes } from './objective.ts'

/** Scores are log-odds; labels lie in [0, 1]. Throws `invalid_argument` for labels of one kind. */
export function loglossObjective({ labels, weights }: Outcomes): Objective {
  const { total, sum } = totals(labels, weights)
  if (!(sum > 0 && sum < total)) {
    throw invalid('labels', `of ${labels.length} rows must hold both positives and negatives`)
  }
  return {
    base: Math.log(sum / (total - sum)),
    slopes(scores, pairs) {
      for (let row = 0; row < labels.length; row++) {
        const [chance, weight] = [probability(scores[row]!), weights[row]!]
        pairs[2 * row] = weight * (chance - labels[row]!)
        pairs[2 * row + 1] = weight * Math.max(chance * (1 - chance), 1e-12)
      }
    },
    loss(scores) {
      let loss = 0
      for (let row = 0; row < labels.length; row++) {
        const odds = scores[row]!
        const rest = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
        loss += weights[row]! * (rest - labels[row]! * odds)
      }
      return loss / total
    },
  }
}

/** Scores are expectations of the labels, which may be any numbers. */
export function squaredObjective({ labels, weights }: Outcomes): Objective {
  const { total, sum } = totals(labels, weights)
  return {
    base: sum / total,
    slopes(scores, pairs) {
      for (let row = 0; row < labels.length; row++) {
        pairs[2 * row] = weights[row]! * (scores[row]! - labels[row]!)
        pairs[2 * row + 1] = weights[row]!
      }
    },
    loss(scores) {
      let loss = 0
      for (let row = 0; row < labels.length; row++) {
        loss += weights[row]! * (scores[row]! - labels[row]!) ** 2
      }
      return loss / total
    },
  }
}

function totals(labels: Float32Array, weights: Float32Array): { total: number; sum: number } {
  let [total, sum] = [0, 0]
  for (let row = 0; row < labels.length; row++) {
    total += weights[row]!
    sum += weights[row]! * labels[row]!
  }
  return { total, sum }
}
