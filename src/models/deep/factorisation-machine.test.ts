import { rankerSuite } from '../ranking/ranker.suite.ts'
import { factorisationMachine } from './factorisation-machine.ts'
import { deepTrainer } from './training/deep-trainer.ts'

rankerSuite(deepTrainer(factorisationMachine, { width: 8, batch: 100, epochs: 15, rate: 1e-2 }))
