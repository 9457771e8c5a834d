import { join } from 'node:path'
import { libfm } from '../../../../src/models/evaluation/protocols/libfm.ts'
import { figuresOf, goalsOf, publishedSet } from '../published-set.ts'

const metrics = ['AUC', 'logloss']

/** Use of apps in context (Baltrunas et al. 2015); negatives of the train part are redrawn. */
export const frappe = publishedSet({
  name: 'frappe',
  protocol: libfm,
  files: (folder) => [
    {
      train: join(folder, 'frappe.train.recon.libfm'),
      validation: join(folder, 'frappe.validation.libfm'),
      test: join(folder, 'frappe.test.libfm'),
    },
  ],
  figures: [
    ...figuresOf('BARS, frappe_x1', metrics, {
      LR: [0.9356, 0.3076],
      FM: [0.9671, 0.2065],
      FFM: [0.9786, 0.186],
      NFM: [0.9804, 0.2058],
      AutoInt: [0.9831, 0.1637],
      DCN: [0.9839, 0.1527],
      'Wide&Deep': [0.9841, 0.149],
      DeepFM: [0.9842, 0.1482],
      'DCN-V2': [0.9845, 0.1491],
      xDeepFM: [0.9845, 0.1466],
      FinalNet: [0.9857, 0.1311],
      FinalMLP: [0.9861, 0.1484],
    }),
  ],
  goals: goalsOf(metrics, {
    reach: [0.9775, 0.1645],
    beat: [0.9845, 0.1482],
    stretch: [0.9861, 0.1311],
  }),
})
