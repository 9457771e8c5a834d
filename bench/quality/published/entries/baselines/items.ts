import { byChance, byPopularity } from '../../../../../src/models/evaluation/protocols/baselines.ts'
import type { Asked, Recommender } from '../../../../../src/models/evaluation/protocols/question.ts'
import { entryOf } from '../../entry.ts'
import type { PublishedSet } from '../../published-set.ts'
import { amazonBeauty } from '../../sets/amazon-beauty.ts'
import { diginetica } from '../../sets/diginetica.ts'
import { gowalla } from '../../sets/gowalla.ts'
import { grocery } from '../../sets/grocery.ts'
import { ml1mM1 } from '../../sets/ml1m-m1.ts'
import { ncfMl1m } from '../../sets/ncf-ml1m.ts'
import { sasrecMl1m } from '../../sets/sasrec-ml1m.ts'

const code = ['src/models/evaluation/protocols/baselines.ts']

/** Chance and popularity, of every set where items are ranked. */
export const entries = [
  ...[ncfMl1m, ml1mM1, gowalla].flatMap((set) =>
    baselines(set, ({ train }) => [train.columns, train.columnCount]),
  ),
  ...[sasrecMl1m, amazonBeauty, diginetica].flatMap((set) =>
    baselines(set, ({ train }) => [train.items, train.itemCount]),
  ),
  ...baselines(grocery, ({ train }) => [train.items, train.itemCount]),
]

function baselines<Data>(
  set: PublishedSet<Data, Asked, Recommender>,
  metIn: (data: Data) => readonly [items: Uint32Array, itemCount: number],
) {
  return [
    entryOf(set, {
      ...{ model: 'random', settings: {}, code, quick: true },
      fit: (data, _, { seed }) => byChance(metIn(data)[1], seed),
    }),
    entryOf(set, {
      ...{ model: 'popularity', settings: {}, code, quick: true },
      fit: (data) => byPopularity(...metIn(data)),
    }),
  ]
}
