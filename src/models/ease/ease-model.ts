import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** How much each item speaks for each other: a linear model of as many weights as pairs. */
export interface EaseModel extends HistoryModel {
  readonly kind: 'ease'
  /** itemCount × itemCount: row i holds what item i says of every item; 0 on the diagonal. */
  readonly weights: Float32Array
}

export function easeModel(itemCount: number, weights: Float32Array): EaseModel {
  return {
    kind: 'ease',
    itemCount,
    weights,
    score(items, given) {
      const scores = new Float32Array(itemCount)
      for (let index = 0; index < items.length; index++) {
        const start = items[index]! * itemCount
        const weight = given[index]!
        for (let item = 0; item < itemCount; item++) {
          scores[item] = scores[item]! + weight * weights[start + item]!
        }
      }
      return scores
    },
    save: () => ({ header: { kind: 'ease', itemCount }, weights: joinWeights([weights]) }),
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadEase(artifact: Artifact): EaseModel {
  const reader = readArtifact(artifact, 'ease')
  const itemCount = reader.count('itemCount')
  const weights = reader.float32(itemCount * itemCount)
  reader.end()
  return easeModel(itemCount, weights)
}
