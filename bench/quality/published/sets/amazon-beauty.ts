import { join } from 'node:path'
import { sequence } from '../../../../src/models/evaluation/protocols/sequence.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['HR@10', 'NDCG@10']

/** Amazon Beauty in the cut of the S3-Rec paper (Zhou et al. 2020). */
export const amazonBeauty = publishedSet({
  name: 'amazon-beauty',
  protocol: sequence,
  files: (folder) => [
    { train: join(folder, 'Beauty.txt'), items: join(folder, 'Beauty_item2attributes.json') },
  ],
  figures: [
    ...figuresOf('S3-Rec (Zhou et al. 2020)', metrics, {
      Pop: [0.0152, 0.0068],
      GRU4Rec: [0.0283, 0.0137],
      BERT4Rec: [0.0347, 0.017],
      SASRec: [0.0605, 0.0318],
      'S3-Rec': [0.0647, 0.0327],
    }),
    ...figuresOf('BSARec (Shin et al. 2024)', metrics, {
      BSARec: [0.1008, 0.0611],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.08, 0.049],
    beat: [0.09, 0.055],
    stretch: [0.101, 0.061],
  }),
})
