import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RankingModel } from '../../models/model.ts'
import { ask, itemFeature, knowsNothing, quota, recipe } from '../pipeline/made-up-recipe.suite.ts'
import { runRecipe } from '../pipeline/pipeline.ts'
import { learned, type RankerInForce } from './learned.ts'

const heat = itemFeature('heat', (item) => item)
const age = itemFeature('age', (item) => 10 - item)
const sources = ['one', 'other']
const recall = [quota('one', [1, 2, 3]), quota('other', [3, 4])]

/** Likes heat, and says so. */
const likesHeat: RankingModel = {
  ...{ kind: 'made up', features: ['heat', 'age'], bias: 0.5 },
  predict: ([heats], rowCount) => Float32Array.from({ length: rowCount }, (_, row) => heats![row]!),
  contributions: (values) => values.map((value, index) => (index === 0 ? value : 0)),
  save: () => ({ header: { kind: 'made up' }, weights: new Uint8Array(0) }),
}

function ranked(inForce: () => RankerInForce | undefined) {
  const rank = [learned([heat, age], sources, inForce)]
  return runRecipe(recipe({ recall, rank }), ask(), knowsNothing)
}

describe('the learned ranker', () => {
  it('asks the model in force, names it, and tells what it saw', async () => {
    const { entries, trace } = await ranked(() => ({ model: likesHeat, version: 'ranker/4' }))
    assert.deepEqual(
      entries.map(({ item, score, model }) => [item, score, model]),
      [4, 3, 2, 1].map((item) => [item, item, 'ranker/4']),
    )
    assert.deepEqual([...trace.values.slice(0, 4)], [4, 6, 3, 7])
    assert.deepEqual([...trace.contributions.slice(0, 4)], [4, 0, 3, 0])
  })

  it('before there is one goes by the sources, where two that agree outdo one', async () => {
    const { entries, trace } = await ranked(() => undefined)
    assert.deepEqual(
      entries.map(({ item, model }) => [item, model]),
      [3, 1, 2, 4].map((item) => [item, 'none']),
    )
    const expected = [1 / 62 + 1 / 60, 1 / 60, 1 / 61, 1 / 61]
    for (const [place, entry] of entries.entries()) {
      assert.ok(Math.abs(entry.score - expected[place]!) < 1e-6)
    }
    assert.deepEqual(trace.features, ['heat', 'age'])
    assert.deepEqual([...new Set(trace.contributions)], [0])
  })

  it('before there is one shows less of what the user turned away from', async () => {
    const interest = itemFeature('session-interest', (item) => (item === 3 ? -1.5 : 0.5))
    const rank = [learned([heat, interest], sources, () => undefined)]
    const { entries } = await runRecipe(recipe({ recall, rank }), ask(), knowsNothing)
    assert.deepEqual(
      entries.map(({ item }) => item),
      [1, 2, 4, 3],
    )
    const last = entries.at(-1)!
    assert.ok(Math.abs(last.score - (1 / 62 + 1 / 60) / 2.5) < 1e-6)
  })

  it('takes up a new model with the next request', async () => {
    const versions = ['ranker/1', 'ranker/2']
    for (const version of versions) {
      const { trace } = await ranked(() => ({ model: likesHeat, version }))
      assert.equal(trace.model, version)
    }
  })
})
