import { invalid } from '../../error.ts'
import { invertInSteps } from '../../kernel/linear/inverse.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { type EaseModel, easeModel } from './ease-model.ts'

export interface EaseOptions extends Partial<TrainingRun> {
  /** λ > 0, added to the diagonal: the larger, the less is made of pairs that few met. */
  readonly regularization: number
}

/** Two matrices of doubles: at 12,000 items they take 2.3 GB, and a fit some fifteen minutes. */
export const easeItemCountMax = 12_000

/**
 * Embarrassingly shallow autoencoder (Steck 2019, eq. 8): the linear model from all items to all,
 * with nothing on the diagonal, that best gives back what each user met. With P = (XᵀX + λI)⁻¹
 * the weights are -P[i, j] / P[j, j]. `interactions` has a row per user; work grows with the cube
 * of the items.
 *
 * Rests every few ms. Throws `invalid_argument` for a λ out of range, or for too many items.
 */
export async function fitEase(
  interactions: Interactions,
  { regularization, signal, onProgress, reserve }: EaseOptions,
): Promise<EaseModel> {
  const size = interactions.columnCount
  if (!(regularization > 0 && regularization < Number.POSITIVE_INFINITY)) {
    throw invalid('regularization', `${regularization} must be finite and > 0`)
  }
  if (size > easeItemCountMax) {
    throw invalid('interactions', `have ${size} items, of which EASE takes ${easeItemCountMax}`)
  }
  // Two of doubles while it is inverted.
  reserve?.(size * size * 16, `a matrix of ${size} by ${size} items`)
  const pace = openPace(signal)
  const inverse = await gramOfItems(interactions, pace)
  for (let item = 0; item < size; item++) inverse[item * size + item]! += regularization
  const steps = invertInSteps(inverse, size)
  let done = 0
  for (let step = steps.next(); !step.done; step = steps.next()) {
    done += step.value
    // A double is as fast to multiply as two of the floats that a pace counts.
    if (!pace.due(2 * step.value)) continue
    await pace.rest()
    onProgress?.(Math.min(0.99, (2 * done) / size ** 3))
  }
  const weights = new Float32Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (column === row) continue
      const share = inverse[row * size + column]! / inverse[column * size + column]!
      // Nothing, and not minus nothing: zeros of both signs would be two models.
      weights[row * size + column] = 0 - share
    }
    if (pace.due(size)) await pace.rest()
  }
  await pace.rest()
  onProgress?.(1)
  return easeModel(size, weights)
}

/** XᵀX, in the lower triangle. */
async function gramOfItems(byUser: Interactions, pace: Pace): Promise<Float64Array> {
  const size = byUser.columnCount
  const gram = new Float64Array(size * size)
  const byItem = transposed(byUser)
  for (let item = 0; item < size; item++) {
    let work = 0
    for (let cell = byItem.starts[item]!; cell < byItem.starts[item + 1]!; cell++) {
      const user = byItem.columns[cell]!
      const weight = byItem.weights[cell]!
      for (let other = byUser.starts[user]!; other < byUser.starts[user + 1]!; other++) {
        const column = byUser.columns[other]!
        if (column > item) break
        gram[item * size + column]! += weight * byUser.weights[other]!
        work += 4
      }
    }
    if (pace.due(work)) await pace.rest()
  }
  return gram
}
