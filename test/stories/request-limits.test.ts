import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedRequest } from '../../src/engine/engine.ts'
import { filmIds, films, filmsOf, idsOf, openWorld } from './world.ts'

test('a filter narrows a page, and what waits is left for the next', async () => {
  await using world = await openWorld()
  await world.page('ann', { size: 1, exclude: filmsOf('comedy') })
  const filter = 'genres has "comedy" and year >= 1990'
  const page = await world.page('ann', { size: 100, filter })
  const recent = films.filter(({ attributes }) => attributes.year >= 1990).map(({ id }) => id)
  const asked = filmsOf('comedy').filter((id) => recent.includes(id))
  assert.deepEqual([...idsOf(page)].sort(), asked)
  // None of what did not fit was lost.
  const rest = await world.page('ann', { size: 100 })
  assert.equal(rest.items.length, 60 - 1 - asked.length)
})

test('a channel holds its own items alone', async () => {
  await using world = await openWorld()
  const page = await world.page('ann', { scene: 'channel', channel: 'short', size: 100 })
  const short = films.flatMap(({ id, channels }) => (channels.includes('short') ? id : []))
  assert.deepEqual([...idsOf(page)].sort(), short)
  assert.deepEqual((await world.page('ann', { scene: 'channel', channel: 'no-such' })).items, [])
})

test('what the caller excludes does not come, and comes when it does no longer', async () => {
  await using world = await openWorld()
  // Some of it waits already.
  const first = idsOf(await world.page('ann', { size: 5 }))
  const [wanted, exclude] = [filmIds.slice(55), filmIds.slice(0, 55)]
  const page = await world.page('ann', { exclude: [...exclude, 'never-heard-of'] })
  assert.deepEqual(
    [...idsOf(page)].sort(),
    wanted.filter((id) => !first.includes(id)),
  )
  const rest = await world.page('ann', { size: 100 })
  assert.equal(first.length + page.items.length + rest.items.length, 60)
})

test('a page holds 1 to 100 items', async () => {
  await using world = await openWorld()
  assert.equal((await world.page('ann', { size: 1 })).items.length, 1)
  assert.equal((await world.page('ann', { size: 100 })).items.length, 59)
})

test('a request that cannot be answered says what is wrong, and where', async () => {
  await using world = await openWorld()
  const newest = await world.page('ann')
  const wrong: readonly (readonly [Partial<FeedRequest>, string, RegExp])[] = [
    [{ size: 0 }, 'size', /0 must be a whole number >= 1 and <= 100/],
    [{ size: 101 }, 'size', /101 must be/],
    [{ size: 2.5 }, 'size', /2\.5 must be/],
    [{ size: Number.NaN }, 'size', /NaN must be/],
    [{ exclude: Array.from({ length: 1_001 }, String) }, 'exclude', /1001 items; at most 1000/],
    [{ user: '' }, 'user', /1 to 256 characters/],
    [{ user: 'a\u0000b' }, 'user', /control characters/],
    [{ channel: 'x'.repeat(65) }, 'channel', /1 to 64 characters/],
    [{ filter: 'genres hs "comedy"' }, 'filter', /at column 8/],
    [{ filter: 'genre has "comedy"' }, 'filter', /at column 1: .*genre/],
    [{ filter: 'year = "1990"' }, 'filter', /at column 8/],
    [{ filter: 'year >= 1990 and' }, 'filter', /at column 17/],
  ]
  for (const [request, field, message] of wrong) {
    const expected = { code: 'invalid_argument', field, message }
    await assert.rejects(world.page('ann', request), expected, JSON.stringify(request).slice(0, 80))
  }
  await assert.rejects(world.page('ann', { scene: 'hom' }), {
    code: 'not_found',
    message: /no scene hom; there are home, channel/,
  })
  for (const cursor of ['7', 'b', 'b-1', 'b99', -1, 1.5]) {
    await assert.rejects(
      world.engine.older({ user: 'ann', scene: 'home', cursor }),
      { code: 'invalid_argument', field: 'cursor' },
      String(cursor),
    )
  }
  await assert.rejects(world.engine.similar({ item: 'no-such' }), { code: 'not_found' })
  // None of it used up a page.
  assert.equal((await world.page('ann')).batchId, newest.batchId + 1)
})
