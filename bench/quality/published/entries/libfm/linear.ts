import { fmTrainer } from '../../../../../src/models/linear/fm.ts'
import { ftrlTrainer } from '../../../../../src/models/linear/ftrl.ts'
import { linearTrainer } from '../../../../../src/models/linear/linear.ts'
import { logUniform } from '../../../../../src/models/search/space.ts'
import { entryOf } from '../../entry.ts'
import { frappe } from '../../sets/frappe.ts'

const code = ['src/models/linear', 'src/kernel/linear/minimise.ts']
const validation = 'the validation file of the set'

/** Sums of what ids are worth, and of their pairs. */
export const entries = [
  entryOf(frappe, {
    model: 'LR',
    settings: { l2: 1 },
    searched: {
      space: { l2: [1, 3] },
      ...{ method: 'grid', trials: 2, seed: 1, validation },
      best: { AUC: 0.9395, logloss: 0.2809 },
    },
    space: { l2: logUniform(0.01, 100) },
    ...{ code, quick: true },
    fit: (data, settings, run) => linearTrainer(settings).fit(data, run),
  }),
  entryOf(frappe, {
    model: 'LR by FTRL',
    settings: { alpha: 0.1, beta: 1, l1: 1, l2: 1, epochs: 3 },
    ...{ code, quick: true },
    fit: (data, settings, run) => ftrlTrainer(settings).fit(data, run),
  }),
  entryOf(frappe, {
    model: 'FM',
    settings: { dims: 64, rate: 0.1, l2: 0.004, epochs: 20 },
    searched: {
      space: { dims: [16, 32, 64], rate: [0.05, 0.1, 0.15, 0.2], l2: [0.0001, 0.004] },
      ...{ method: 'grid', trials: 11, seed: 1, validation },
      best: { AUC: 0.9834, logloss: 0.1171 },
    },
    space: { rate: logUniform(0.03, 0.4), l2: logUniform(1e-4, 1e-2) },
    ...{ code, quick: true },
    fit: (data, settings, run) => fmTrainer(settings).fit(data, run),
  }),
]
