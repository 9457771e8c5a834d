import { join } from 'node:path'
import { userItems } from '../../../../src/models/evaluation/protocols/user-items.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['Recall@20', 'NDCG@20']

/** MovieLens 1M as RecZoo has it, from the LCFN paper (Yu and Qin 2020). */
export const ml1mM1 = publishedSet({
  name: 'ml1m-m1',
  protocol: userItems,
  files: (folder) => [{ train: join(folder, 'train.txt'), test: join(folder, 'test.txt') }],
  figures: [
    ...figuresOf('RecZoo, MovieLens1M_m1', metrics, {
      NGCF: [0.2513, 0.2511],
      LightGCN: [0.2576, 0.2427],
      UltraGCN: [0.2787, 0.2642],
      SimpleX: [0.2802, 0.267],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.2755, 0.2674],
    beat: [0.2787, 0.2642],
    stretch: [0.2802, 0.2674],
  }),
})
