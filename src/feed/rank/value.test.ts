import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Combination } from '../../models/ranking/combination.ts'
import { ask, knowsNothing, quota, recipe, scoring } from '../pipeline/made-up-recipe.suite.ts'
import { runRecipe } from '../pipeline/pipeline.ts'
import { type BatchModel, batch } from './batch.ts'

/** Foretells that the higher an item is numbered the likelier a click, and the shorter a stay. */
const model: BatchModel = {
  version: 'several/3',
  heads: ['click', 'dwell'],
  needs: () => [],
  score: async (_context, { items }) => [
    Float32Array.from(items, (item) => item / 10),
    Float32Array.from(items, (item) => 8 - item),
  ],
}

const product: Combination = {
  factors: [
    { head: 'click', power: 1 },
    { head: 'dwell', power: 2 },
  ],
}

const before = scoring('before', (item) => -item, { model: 'ranker/1' })

async function ranked(combinationOf?: (scene: string) => Combination | undefined, asked = model) {
  const rank = [before, batch(asked, combinationOf)]
  const { entries, trace, failures } = await runRecipe(
    recipe({ recall: [quota('all', [1, 2, 4, 6])], rank }),
    ask({ scene: 'home' }),
    knowsNothing,
  )
  return { items: entries.map(({ item }) => item), trace, failures }
}

describe('a model of several heads', () => {
  it('orders by the first where its scene declares nothing', async () => {
    const { items, trace } = await ranked((scene) => (scene === 'top' ? product : undefined))
    assert.deepEqual(items, [6, 4, 2, 1])
    assert.equal(trace.foretold!.formula, 'click')
  })

  it('orders by what its scene makes of them, and tells each', async () => {
    const { items, trace } = await ranked((scene) => (scene === 'home' ? product : undefined))
    // 1 × 7² < 4 × 4² < 2 × 6², and 6 × 2² comes last.
    assert.deepEqual(items, [2, 4, 1, 6])
    assert.equal(trace.model, 'several/3')
    const { heads, formula, values } = trace.foretold!
    assert.deepEqual([heads, formula], [['click', 'dwell'], 'click × dwell^2'])
    assert.deepEqual([...values], [0.2, 6, 0.4, 4, 0.1, 7, 0.6, 2].map(Math.fround))
  })

  it('gives way to the ranker before where the scene names a head that it has not', async () => {
    const { items, trace, failures } = await ranked(() => ({ sum: [{ head: 'share', weight: 1 }] }))
    assert.deepEqual(items, [1, 2, 4, 6])
    assert.deepEqual([trace.model, trace.foretold], ['ranker/1', undefined])
    assert.match(failures.join(), /rank batch: .*"share" must be one of click, dwell/)
  })

  it('is ordered by its head where it has no other, whatever the scene declares', async () => {
    const one: BatchModel = {
      ...model,
      heads: ['click'],
      score: async (...asked) => (await model.score(...asked)).slice(0, 1),
    }
    const { items, trace } = await ranked(() => product, one)
    assert.deepEqual(items, [6, 4, 2, 1])
    assert.equal(trace.foretold!.formula, 'click')
  })
})
