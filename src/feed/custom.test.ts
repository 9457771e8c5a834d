import assert from 'node:assert/strict'
import { test } from 'node:test'
import { put, smallWorld } from '../state/sets/small-world.suite.ts'
import { customFilter, customMixer, customScorer, customSource } from './custom.ts'
import { askedAt, madeUpQuery } from './made-up-query.suite.ts'
import { runRecipe } from './pipeline/pipeline.ts'
import { score } from './pipeline/scorer.ts'

const films = ['a', 'b', 'c', 'd', 'e'].map((item) => put(item))

test('a recipe can be made of plain functions of item ids', async () => {
  const { state } = await smallWorld(films)
  const { ordinals } = state
  const source = customSource(ordinals, 'mine', async () => ['a', 'b', 'unheard of', 'c', 'd'])
  const recipe = {
    name: 'custom',
    recall: [{ source, limit: 10, deadlineMs: 1_000 }],
    filter: [customFilter(ordinals, 'no-b', (item) => item !== 'b')],
    rank: [
      customScorer(ordinals, 'backwards', (item) => item.charCodeAt(0)),
      customScorer(ordinals, 'favourite', (item, soFar, { user }) =>
        item === 'a' && user === 'u1' ? soFar + 2.5 : soFar,
      ),
    ],
    mix: [
      customMixer(ordinals, 'all-but-last', (feed) => {
        assert.deepEqual(feed[0]!.sources, ['mine'])
        return feed.slice(0, -1)
      }),
    ],
    by: score,
    candidateCountMax: 10,
    slateSizeMax: 10,
  }
  const query = await madeUpQuery({ state }, {})
  const { entries, failures } = await runRecipe(recipe, query, state)
  assert.deepEqual(failures, [])
  assert.deepEqual(
    entries.map((entry) => [ordinals.id(entry.item), entry.score]),
    [
      ['d', 100],
      ['a', 99.5],
    ],
  )
})

test('a mixer that hands back what it was not given is passed over', async () => {
  const { state } = await smallWorld(films)
  const { ordinals } = state
  const copies = customMixer(ordinals, 'copies', (feed) => feed.map((placed) => ({ ...placed })))
  const recipe = {
    name: 'custom',
    recall: [{ source: customSource(ordinals, 'mine', () => ['a']), limit: 1, deadlineMs: 1_000 }],
    filter: [],
    rank: [],
    mix: [copies],
    by: score,
    candidateCountMax: 10,
    slateSizeMax: 10,
  }
  const { entries, failures } = await runRecipe(recipe, await madeUpQuery({ state }, {}), state)
  assert.equal(entries.length, 1)
  assert.match(failures[0]!, /mix copies: row -1 was invented/)
})

test('a custom source may say how good what it brings is', async () => {
  const { state } = await smallWorld(films)
  const source = customSource(state.ordinals, 'mine', () => [
    { item: 'e', score: 3 },
    { item: 'nobody heard of it', score: 2 },
    { item: 'a', score: 1 },
  ])
  const told = await source.recall(await madeUpQuery({ state }, source), 3)
  const items = ['e', 'a'].map((item) => state.ordinals.of(item)!)
  assert.deepEqual(told, { items, scores: [3, 1] })
})

test('a custom stage sees the request with ids in the place of ordinals', async () => {
  const { state } = await smallWorld(films)
  const source = customSource(state.ordinals, 'mine', (query, limit) => {
    assert.deepEqual(
      [query.user, query.at, query.scene, query.beside, limit],
      ['u1', askedAt, 'similar', 'e', 3],
    )
    return []
  })
  const beside = state.ordinals.of('e')!
  const query = await madeUpQuery({ state }, source, { scene: 'similar', beside })
  assert.deepEqual(await source.recall(query, 3), [])
})
