import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/**
 * Items and those most like them: the baseline in every table, and a model that explains itself.
 */
export interface ItemKnnModel extends HistoryModel {
  readonly kind: 'item-knn'

  /** The nearest first. Both arrays are views of the model's own. */
  neighbors(item: number): { readonly items: Uint32Array; readonly similarities: Float32Array }
}

/** Item i's neighbours stand at starts[i] ... starts[i + 1] - 1, the nearest first. */
export interface ItemKnnParts {
  readonly starts: Uint32Array
  readonly items: Uint32Array
  readonly similarities: Float32Array
}

export function itemKnnModel({ starts, items, similarities }: ItemKnnParts): ItemKnnModel {
  const itemCount = starts.length - 1
  return {
    kind: 'item-knn',
    itemCount,
    neighbors(item) {
      const [from, to] = [starts[item]!, starts[item + 1]!]
      return { items: items.subarray(from, to), similarities: similarities.subarray(from, to) }
    },
    // The sum of similarities, each times the weight of the item it comes from.
    score(history, weights) {
      const scores = new Float32Array(itemCount)
      for (let index = 0; index < history.length; index++) {
        const item = history[index]!
        const weight = weights[index]!
        for (let place = starts[item]!; place < starts[item + 1]!; place++) {
          const neighbor = items[place]!
          scores[neighbor] = scores[neighbor]! + weight * similarities[place]!
        }
      }
      return scores
    },
    save() {
      const header = { kind: 'item-knn', itemCount, pairCount: items.length }
      return { header, weights: joinWeights([starts, items, similarities]) }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadItemKnn(artifact: Artifact): ItemKnnModel {
  const reader = readArtifact(artifact, 'item-knn')
  const pairCount = reader.count('pairCount')
  const parts = {
    starts: reader.uint32(reader.count('itemCount') + 1),
    items: reader.uint32(pairCount),
    similarities: reader.float32(pairCount),
  }
  reader.end()
  return itemKnnModel(parts)
}
