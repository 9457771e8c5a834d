import { bayesianTrainer } from '../../../../../src/models/rating/bayesian-factors.ts'
import { entryOf } from '../../entry.ts'
import { ml100k } from '../../sets/ml-100k.ts'

const code = ['src/models/rating', 'src/kernel/distributions.ts']
const settings = { dims: 8, burnIn: 20, draws: 30, every: 1, history: true, days: false }
const validation = 'a tenth of the ratings that are learned from in the first fold'

/** Means over many models that could be true. Nothing but their number has to be chosen. */
export const entries = [
  entryOf(ml100k, {
    model: 'Bayesian MF',
    settings: { ...settings, history: false },
    ...{ code, quick: true },
    fit: (data, chosen, run) => bayesianTrainer(chosen).fit(data, run),
  }),
  entryOf(ml100k, {
    model: 'Bayesian SVD++ both ways',
    settings,
    searched: {
      space: { dims: [8, 16] },
      ...{ method: 'grid', trials: 2, seed: 1, validation },
      best: { RMSE: 0.8792 },
    },
    ...{ code, quick: true },
    fit: (data, chosen, run) => bayesianTrainer(chosen).fit(data, run),
  }),
  entryOf(ml100k, {
    model: 'Bayesian timeSVD++ both ways',
    settings: { ...settings, days: true },
    searched: {
      space: { history: [true, false], days: [true, false] },
      ...{ method: 'grid', trials: 3, seed: 1, validation },
      best: { RMSE: 0.8704 },
    },
    ...{ code },
    fit: (data, chosen, run) => bayesianTrainer(chosen).fit(data, run),
  }),
]
