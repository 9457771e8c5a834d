import { rankerSuite } from '../ranking/ranker.suite.ts'
import { din } from './din.ts'
import { deepTrainer } from './training/deep-trainer.ts'

rankerSuite(
  deepTrainer(din, { width: 8, attention: [16], hidden: [16], batch: 100, epochs: 12, rate: 5e-3 }),
)
