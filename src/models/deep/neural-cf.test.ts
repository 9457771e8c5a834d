import { rankerSuite } from '../ranking/ranker.suite.ts'
import { neuralCf } from './neural-cf.ts'
import { deepTrainer } from './training/deep-trainer.ts'

for (const form of ['gmf', 'mlp', 'neumf'] as const) {
  const settings = { form, width: 8, deviation: 0.1, hidden: [16, 8] }
  const trainer = deepTrainer(neuralCf, { ...settings, batch: 100, epochs: 12, rate: 1e-2 })
  // It does not see how fresh an item is, of which some of the rest comes.
  rankerSuite(trainer, { name: `neural-cf (${form})`, fields: ['user', 'item'], aucMin: 0.75 })
}
