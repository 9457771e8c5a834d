import { join } from 'node:path'
import { userItems } from '../../../../src/models/evaluation/protocols/user-items.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['Recall@20', 'NDCG@20']

/** Places people checked in at, in the cut of the LightGCN paper (He et al. 2020). */
export const gowalla = publishedSet({
  name: 'gowalla',
  protocol: userItems,
  files: (folder) => [{ train: join(folder, 'train.txt'), test: join(folder, 'test.txt') }],
  figures: [
    ...figuresOf('BARS, gowalla_m1', metrics, {
      ItemCF: [0.157, 0.1214],
      NGCF: [0.157, 0.1327],
      'MF-BPR': [0.1627, 0.1378],
      MultVAE: [0.1641, 0.1335],
      SLIM: [0.1699, 0.1382],
      EASE: [0.1765, 0.1467],
      LightGCN: [0.183, 0.1554],
      'GF-CF': [0.1849, 0.1518],
      UltraGCN: [0.1862, 0.158],
      SimpleX: [0.1872, 0.1557],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.183, 0.1516],
    beat: [0.1872, 0.158],
    stretch: [0.192, 0.16],
  }),
})
