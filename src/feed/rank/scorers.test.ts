import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, itemFeature, knowsNothing, quota, recipe } from '../pipeline/made-up-recipe.suite.ts'
import { runRecipe } from '../pipeline/pipeline.ts'
import { score } from '../pipeline/scorer.ts'
import { byFeature } from './by-feature.ts'
import { popularity } from './popularity.ts'

const recall = [quota('one', [1, 2, 3, 4])]

test('one feature alone orders, and is told as all that the score is made of', async () => {
  const rank = [
    byFeature(
      'factors',
      itemFeature('match', (item) => item % 3),
    ),
  ]
  const { entries, trace } = await runRecipe(recipe({ recall, rank }), ask(), knowsNothing)
  assert.deepEqual(
    entries.map(({ item, score }) => [item, score]),
    [
      [2, 2],
      [1, 1],
      [4, 1],
      [3, 0],
    ],
  )
  assert.deepEqual(trace.features, ['match'])
  assert.deepEqual([...trace.values], [2, 1, 1, 0])
  assert.deepEqual([...trace.contributions], [2, 1, 1, 0])
})

test('what nobody has an opinion of comes after what was disliked', async () => {
  const measure = (item: number) => [Number.NaN, Number.NaN, -1, 0.5, 2][item]!
  const rank = [popularity(measure, score)]
  const { entries } = await runRecipe(recipe({ recall, rank }), ask(), knowsNothing)
  assert.deepEqual(
    entries.map(({ item }) => item),
    [4, 3, 2, 1],
  )
})
