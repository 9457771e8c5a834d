import { rankerSuite } from '../ranking/ranker.suite.ts'
import { deepTrainer } from './training/deep-trainer.ts'
import { twoTower } from './two-tower.ts'

rankerSuite(
  deepTrainer(twoTower, {
    width: 8,
    dims: 8,
    hidden: [16],
    batch: 100,

    rate: 3e-3,
    epochs: 10,
  }),
)
