import { seededRandom } from '../../kernel/random.ts'
import type { Interactions } from '../interactions.ts'
import type { Artifact } from '../model.ts'
import type { Sequences } from '../sequences.ts'
import { type ItemVectorsModel, itemVectorsModel, loadItemVectors } from './item-vectors-model.ts'
import { type SkipGramOptions, skipGram } from './skip-gram.ts'

export type Item2vecOptions = SkipGramOptions

const kind = 'item2vec'

/**
 * Items as words and what a user met as a sentence (Barkan and Koenigstein 2016). Of sequences the
 * order counts, and the window says how far; what is known in no order is shuffled for every pass,
 * so that any two items of a user come near each other.
 *
 * Throws as `skipGram` does.
 */
export async function fitItem2vec(
  met: Sequences | Interactions,
  options: Item2vecOptions,
): Promise<ItemVectorsModel> {
  const sequencesOf = 'columns' in met ? shuffledRows(met, options.seed) : () => met
  return itemVectorsModel(kind, options.dims, await skipGram(sequencesOf, options))
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadItem2vec(artifact: Artifact): ItemVectorsModel {
  return loadItemVectors(artifact, kind)
}

function shuffledRows(matrix: Interactions, seed: number | string): (pass: number) => Sequences {
  const { rowCount, columnCount: itemCount, starts, columns } = matrix
  const random = seededRandom(seed).fork('orders')
  const items = columns.slice()
  return () => {
    for (let row = 0; row < rowCount; row++) {
      const from = starts[row]!
      for (let length = starts[row + 1]! - from; length > 1; length--) {
        const [last, other] = [from + length - 1, from + random.below(length)]
        const item = items[last]!
        items[last] = items[other]!
        items[other] = item
      }
    }
    return { itemCount, starts, items }
  }
}
