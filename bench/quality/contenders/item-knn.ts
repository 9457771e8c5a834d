import { fitItemKnn, type ItemKnnOptions } from '../../../src/models/item-knn/item-knn.ts'
import type { ItemKnnModel } from '../../../src/models/item-knn/item-knn-model.ts'
import type { Contender, Ranking } from '../contender.ts'
import type { Likes } from '../likes.ts'
import { trained } from '../trained.ts'

export interface ItemKnnSettings extends Pick<ItemKnnOptions, 'neighbors' | 'shrinkage'> {
  /** How many of the user's last likes are followed to their neighbours. */
  readonly recent: number
}

/** Small enough to order only what the neighbours say nothing of. */
const tieBreak = 1e-9

/**
 * Items like those that the user liked so far, and popular ones where that says nothing: as learned
 * at the cut, and learned anew after every `refitEvery` actions. The recipe's neighbours learn with
 * every action, so the second is the fairer opponent.
 */
export async function itemKnn(
  likes: Likes,
  settings: ItemKnnSettings,
  refitEvery = Number.POSITIVE_INFINITY,
): Promise<Contender> {
  const fit = () => fitItemKnn(likes.matrix(), settings)
  const { model, training } = await trained(fit)
  const frozen = ranker(model, likes.counts.slice(), settings)
  const refits = refitEvery < Number.POSITIVE_INFINITY
  let live = frozen
  let actionCount = 0
  return {
    rows: refits ? ['item-kNN', 'item-kNN, refitted'] : ['item-kNN'],
    training,
    rank: ({ likes: { items } }) => (refits ? [frozen(items), live(items)] : [frozen(items)]),
    async told() {
      if (++actionCount % refitEvery === 0) live = ranker(await fit(), likes.counts, settings)
    },
  }
}

function ranker(model: ItemKnnModel, counts: Float32Array, { recent }: ItemKnnSettings) {
  return (items: Uint32Array): Ranking => {
    const last = items.slice(-recent)
    const scores = model.score(last, new Float32Array(last.length).fill(1))
    for (let item = 0; item < scores.length; item++) scores[item]! += tieBreak * counts[item]!
    return { scores }
  }
}
