import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plantedFields, plantedRows, rankerSuite } from '../../ranking/ranker.suite.ts'
import { trainerSuite } from '../../trainer.suite.ts'
import { neuralCf } from '../neural-cf.ts'
import { deepTrainer } from './deep-trainer.ts'
import { pretrainedNeuMf } from './pretrained-neu-mf.ts'

const fields = plantedFields.filter(({ name }) => name === 'user' || name === 'item')
const small = { width: 8, deviation: 0.1, hidden: [16, 8], batch: 100, epochs: 8, rate: 1e-2 }
const data = { fields, train: plantedRows(1_000, { seed: 1 }) }

const suiteOptions = { name: 'NeuMF that begins with both', fields: ['user', 'item'], aucMin: 0.75 }
rankerSuite(pretrainedNeuMf({ ...small, joinedEpochs: 3 }), suiteOptions)
trainerSuite(pretrainedNeuMf({ ...small, epochs: 2 }), data)

test('it begins where both halves ended, each counting by its share', async () => {
  // Steps that move nothing leave what it began with.
  const still = { joinedRate: 1e-9, joinedEpochs: 1, gmfShare: 0.3 }
  const joined = await pretrainedNeuMf({ ...small, ...still }).fit(data, { seed: 1 })
  const unseen = plantedRows(100, { seed: 2 })
  const oddsOf = async (form: 'gmf' | 'mlp') => {
    const half = await deepTrainer(neuralCf, { ...small, form }).fit(data, { seed: 1 })
    const [chances] = await half.predict(unseen)
    return chances!.map((chance) => Math.log(chance / (1 - chance)))
  }
  const [gmf, mlp] = [await oddsOf('gmf'), await oddsOf('mlp')]
  const [chances] = await joined.predict(unseen)
  for (const [row, chance] of chances!.entries()) {
    const odds = 0.3 * gmf[row]! + 0.7 * mlp[row]!
    assert.ok(Math.abs(chance - 1 / (1 + Math.exp(-odds))) < 1e-4, `row ${row}`)
  }
  assert.equal(joined.parts.settings.form, 'neumf')
})

test('shares out of range are refused, and each half asks for its memory', async () => {
  assert.throws(() => pretrainedNeuMf({ gmfShare: 1 }), /gmfShare 1 must be > 0 and < 1/)
  let told = 0
  const reserve = (sizeBytes: number): void => {
    assert.ok(sizeBytes > 0)
    told++
  }
  await pretrainedNeuMf({ ...small, epochs: 1 }).fit(data, { seed: 1, reserve })
  assert.equal(told, 3)
})
