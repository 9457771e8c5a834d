import { rankerSuite } from '../ranking/ranker.suite.ts'
import { dcn } from './dcn.ts'
import { deepTrainer } from './training/deep-trainer.ts'

rankerSuite(
  deepTrainer(dcn, { width: 8, crossLayers: 2, hidden: [16], batch: 100, epochs: 12, rate: 5e-3 }),
)
