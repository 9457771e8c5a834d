import { join } from 'node:path'
import { leaveOneOut } from '../../../../src/models/evaluation/protocols/leave-one-out.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['HR@10', 'NDCG@10']

/** MovieLens 1M as the NCF paper cut it (He et al. 2017): one item among 100. */
export const ncfMl1m = publishedSet({
  name: 'ncf-ml1m',
  protocol: leaveOneOut,
  files: (folder) => [
    { train: join(folder, 'ml-1m.train.pairs'), negatives: join(folder, 'ml-1m.test.negative') },
  ],
  figures: [
    ...figuresOf('Ferrari Dacrema et al., TOIS 2021, table 55', metrics, {
      TopPop: [0.4533, 0.2542],
      'MF-BPR': [0.6305, 0.373],
      ItemKNN: [0.6694, 0.3979],
      RP3β: [0.6758, 0.4011],
      PureSVD: [0.6937, 0.4303],
      NeuMF: [0.7093, 0.4349],
      iALS: [0.7109, 0.4382],
      SLIM: [0.7162, 0.4468],
      EASE: [0.7192, 0.4494],
    }),
    ...figuresOf('Rendle et al. 2020 and 2021, from memory of the papers', metrics, {
      'iALS, tuned': [0.726, 0.446],
      'MF, dot product': [0.7294, 0.4523],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.709, 0.435],
    beat: [0.7227, 0.4494],
    stretch: [0.7294, 0.4523],
  }),
})
