import { type Cells, interactionsOf, type Shape } from '../../../src/models/interactions.ts'
import { fitItemKnn, type ItemKnnOptions } from '../../../src/models/item-knn/item-knn.ts'
import type { Contender } from '../contender.ts'
import { trained } from '../trained.ts'

export interface ItemKnnSettings extends Pick<ItemKnnOptions, 'neighbors' | 'shrinkage'> {
  /** The user's last likes that are followed to their neighbours. */
  readonly recent: number
}

/** Small enough to order only what the neighbours say nothing of. */
const tieBreak = 1e-9

/**
 * Items like those that the user liked so far, learned before the cut; the popular ones where it has
 * nothing to say. `likes` without weights: a rating of 5 counts as one of 4 does.
 */
export async function itemKnn(
  { users, items }: Cells,
  shape: Shape,
  settings: ItemKnnSettings,
): Promise<Contender> {
  const { model, training } = await trained(() =>
    fitItemKnn(interactionsOf({ users, items }, shape, 'max'), settings),
  )
  const popularity = new Float32Array(shape.itemCount)
  for (const item of items) popularity[item]! += tieBreak
  return {
    rows: ['item-kNN'],
    training,
    rank({ likes }) {
      const last = likes.items.slice(-settings.recent)
      const scores = model.score(last, new Float32Array(last.length).fill(1))
      for (let item = 0; item < scores.length; item++) scores[item]! += popularity[item]!
      return [{ scores }]
    },
  }
}
