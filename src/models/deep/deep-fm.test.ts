import { rankerSuite } from '../ranking/ranker.suite.ts'
import { deepFm } from './deep-fm.ts'
import { deepTrainer } from './training/deep-trainer.ts'

rankerSuite(deepTrainer(deepFm, { width: 8, hidden: [32, 16], batch: 100, epochs: 12, rate: 5e-3 }))
