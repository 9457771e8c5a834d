import { join } from 'node:path'
import { ratings } from '../../../../src/models/evaluation/protocols/ratings.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['RMSE']

/** MovieLens 100k: stars, over the five folds that it comes with. */
export const ml100k = publishedSet({
  name: 'ml-100k',
  protocol: ratings,
  files: (folder) =>
    [1, 2, 3, 4, 5].map((fold) => ({
      train: join(folder, `u${fold}.base`),
      test: join(folder, `u${fold}.test`),
    })),
  figures: [
    ...figuresOf('Berg et al. 2018, on the first fold alone, from memory of the paper', metrics, {
      'GC-MC, u1': [0.905],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.924],
    beat: [0.915],
    stretch: [0.905],
  }),
})
