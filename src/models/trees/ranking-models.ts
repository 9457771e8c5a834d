import { loadLogistic } from '../logistic/logistic-model.ts'
import type { Artifact, RankingModel } from '../model.ts'
import { loadTreeModel } from './tree-model.ts'

/**
 * A ranker of columns, of whichever kind was saved. Throws `failed_precondition` for any other
 * kind, and for other features than the model was made for; `data_loss` where the bytes don't fit.
 */
export function loadRankingModel(artifact: Artifact, features: readonly string[]): RankingModel {
  const isTrees = artifact.header.kind === 'dense-trees'
  return isTrees ? loadTreeModel(artifact, features) : loadLogistic(artifact, features)
}
