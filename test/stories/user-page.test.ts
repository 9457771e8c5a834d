import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmsOf, openWorld } from './world.ts'

test('the page of a user tells what they did, what it says of them, and what they may like', async () => {
  await using world = await openWorld()
  const { engine, clock } = world
  const since = clock.now()
  const [laughed, laughedToo] = filmsOf('comedy')
  const [dreaded] = filmsOf('crime')
  await engine.track([
    { type: 'rate', user: 'ann', item: laughed, value: 3, at: since },
    { type: 'rate', user: 'ann', item: dreaded, value: 1, at: since + 1 },
    { type: 'like', user: 'ann', item: laughedToo, at: since + 2 },
    { type: 'rate', user: 'ann', item: laughed, value: 5, at: since + 3 },
  ])
  const { statistics, history, recommended } = await engine.userOverview({
    user: 'ann',
    recommended: 12,
  })
  assert.deepEqual(statistics, {
    ...{ actions: 4, likes: 1, ratings: 2, average: 3, highest: 5, lowest: 1, since },
    tastes: [
      { attribute: 'genres', value: 'comedy', count: 2, likedShare: 1, average: 5 },
      { attribute: 'genres', value: 'crime', count: 1, likedShare: 0, average: 1 },
    ],
  })
  assert.deepEqual(
    history.map(({ action, view }) => [action, view?.id]),
    [
      ['rate', laughed],
      ['like', laughedToo],
      ['rate', dreaded],
      ['rate', laughed],
    ],
  )
  assert.equal(recommended?.items.length, 12)
  for (const { id, item, token } of recommended.items) {
    assert.ok(item !== undefined && token !== '')
    assert.ok(![laughed, laughedToo, dreaded].includes(id))
  }
})

test('somebody of whom nothing is known has a page all the same', async () => {
  await using world = await openWorld()
  const { user, statistics, history, recommended } = await world.engine.userOverview({
    user: 'nobody yet',
    recommended: 12,
  })
  assert.equal(user, 'nobody yet')
  assert.deepEqual(statistics, { actions: 0, likes: 0, ratings: 0, tastes: [] })
  assert.deepEqual(history, [])
  assert.equal(recommended?.items.length, 12)
  const bare = await world.engine.userOverview({ user: 'ann', recommended: 0, history: 0 })
  assert.equal(bare.recommended, undefined)
})

test('the model that fills the page can be chosen', async () => {
  await using world = await openWorld()
  await world.like(['bob', 'cid'], filmsOf('nature').slice(0, 4))
  const page = async (model: string) =>
    (await world.engine.userOverview({ user: 'ann', model, recommended: 4 })).recommended
  assert.deepEqual(
    [...((await page('popular'))?.items ?? [])].map(({ id }) => id).sort(),
    filmsOf('nature').slice(0, 4),
  )
  await assert.rejects(page('no such model'), /no such model/)
})

test('an erased user is unknown again', async () => {
  await using world = await openWorld()
  await world.like(['ann'], filmsOf('space').slice(0, 3))
  await world.engine.eraseUser('ann')
  const { statistics } = await world.engine.userOverview({ user: 'ann' })
  assert.deepEqual(statistics, { actions: 0, likes: 0, ratings: 0, tastes: [] })
})
