import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../events/clock.ts'
import { testFolder } from '../../lake/lake-samples.ts'
import { ialsModel } from '../../models/als/ials-model.ts'
import { openState } from '../../state/folded-state.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { knowledge } from '../folds.ts'
import { factorsName, openModelsInForce } from './models-in-force.ts'
import { fingerprintOf } from './origin.ts'

const penalty = { regularization: 1, frequencyPower: 1, alpha: 1 }

test('a model whose last version was rejected is in force no more, and none is said to be', async () => {
  await using folder = await testFolder()
  const { ordinals } = await openState({ store: memoryStore(), ...knowledge })
  const models = await openModelsInForce(folder.path, systemClock, ordinals)
  const empty = ialsModel({
    ...penalty,
    dims: 1,
    items: new Float32Array(0),
    gram: Float64Array.of(1),
  })
  const { header, weights } = empty.save()
  const itemCount = ordinals.size
  const artifact = {
    header: { ...header, items: fingerprintOf(ordinals, itemCount), through: 7 },
    weights,
  }
  await models.registry.publish(factorsName, artifact)
  await models.reload([])
  assert.deepEqual([models.versionOf(factorsName), models.through], [1, 7])
  await models.registry.reject(factorsName, 1, 'a test')
  await models.reload([])
  assert.deepEqual([models.versionOf(factorsName), models.factors()], [undefined, undefined])
  assert.equal((await models.list())[0]?.status, 'rejected')
})
