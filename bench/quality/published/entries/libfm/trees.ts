import { integer, logUniform } from '../../../../../src/models/search/space.ts'
import { treeTrainer } from '../../../../../src/models/trees/tree-ranker.ts'
import { entryOf } from '../../entry.ts'
import { frappe } from '../../sets/frappe.ts'

/** Trees over what came of ids, and of users with items: the first two fields. */
export const entries = [
  entryOf(frappe, {
    model: 'GBDT',
    settings: { trees: 400, rate: 0.1, leaves: 63, prior: 3 },
    searched: {
      space: { prior: [3, 10], crosses: ['none', 'user × item'] },
      ...{ method: 'grid', trials: 2, seed: 1, validation: 'the validation file of the set' },
      best: { AUC: 0.9858, logloss: 0.1077 },
    },
    space: { rate: logUniform(0.03, 0.3), leaves: integer(15, 127), prior: logUniform(1, 30) },
    code: ['src/models/trees', 'kernels/trees.ts', 'src/kernel/wasm'],
    quick: true,
    fit(data, settings, run) {
      const [user, item] = data.fields
      const areIds = user?.kind === 'category' && item?.kind === 'category'
      const crosses = areIds ? ([[user.name, item.name]] as const) : []
      return treeTrainer({ objective: 'logloss', crosses, ...settings }).fit(data, run)
    },
  }),
]
