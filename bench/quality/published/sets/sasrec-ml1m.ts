import { join } from 'node:path'
import { sequence } from '../../../../src/models/evaluation/protocols/sequence.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['Recall@10', 'NDCG@10']

/** MovieLens 1M as the SASRec paper cut it (Kang and McAuley 2018), all items ranked. */
export const sasrecMl1m = publishedSet({
  name: 'sasrec-ml1m',
  protocol: sequence,
  files: (folder) => [{ train: join(folder, 'ml-1m.txt') }],
  figures: [
    ...figuresOf('gSASRec repository (Petrov and Macdonald 2023)', metrics, {
      SASRec: [0.2392, 0.1259],
      gSASRec: [0.3003, 0.1726],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.244, 0.14],
    beat: [0.27, 0.155],
    stretch: [0.3, 0.173],
  }),
})
