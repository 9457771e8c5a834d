import { rankerSuite } from '../ranking/ranker.suite.ts'
import { multiTask } from './multi-task.ts'
import { deepTrainer } from './training/deep-trainer.ts'

const fit = { batch: 100, epochs: 12, rate: 5e-3 }

rankerSuite(
  deepTrainer(multiTask, {
    ...{ width: 8, hidden: [16], own: [8], ...fit },
    heads: [{ name: 'click', learns: 'chance' }],
  }),
)
