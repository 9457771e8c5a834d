import { join } from 'node:path'
import { timed } from '../../../../src/models/evaluation/protocols/timed.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['HR@5', 'NDCG@5']

/** Amazon Grocery as ReChorus has it, with times and relations of items: one among 100. */
export const grocery = publishedSet({
  name: 'grocery',
  protocol: timed,
  files: (folder) => [
    {
      train: join(folder, 'train.csv'),
      validation: join(folder, 'dev.csv'),
      test: join(folder, 'test.csv'),
      items: join(folder, 'item_meta.csv'),
    },
  ],
  figures: [
    ...figuresOf('ReChorus', metrics, {
      MostPop: [0.2065, 0.1301],
      BPRMF: [0.3549, 0.2486],
      LightGCN: [0.3705, 0.2564],
      DirectAU: [0.3911, 0.2779],
      SASRec: [0.3917, 0.2942],
      ContraRec: [0.4251, 0.3285],
    }),
    ...figuresOf('ReChorus, with item relations', metrics, {
      KDA: [0.5191, 0.3901],
      ContraKDA: [0.5282, 0.3992],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.355, 0.249],
    beat: [0.425, 0.329],
    stretch: [0.528, 0.399],
  }),
})
