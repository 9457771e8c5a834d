import { join } from 'node:path'
import { sessions } from '../../../../src/models/evaluation/protocols/sessions.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['P@20', 'MRR@20']

/** Sessions of a shop (CIKM Cup 2016) in the cut of SR-GNN (Wu et al. 2019). */
export const diginetica = publishedSet({
  name: 'diginetica',
  protocol: sessions,
  files: (folder) => [
    { train: join(folder, 'train_sessions.txt'), test: join(folder, 'test_prefix_target.tsv') },
  ],
  figures: [
    ...figuresOf('from memory of the papers', metrics, {
      'Item-KNN': [0.3575, 0.1157],
      NARM: [0.483, 0.16],
      'SR-GNN': [0.5126, 0.1778],
      'GCE-GNN': [0.5422, 0.1904],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.51, 0.175],
    beat: [0.525, 0.182],
    stretch: [0.542, 0.19],
  }),
})
