import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmsOf, openWorld, type World } from './world.ts'

async function say(world: World, user: string, type: string, item: string, value?: number) {
  world.clock.advance(1_000)
  await world.engine.track([{ type, user, item, ...(value !== undefined && { value }) }])
}

async function overview(world: World, item: string, user?: string) {
  const request = { item, audience: 20, similar: 5, ...(user !== undefined && { user }) }
  const found = await world.engine.itemOverview(request)
  assert.ok(found !== undefined)
  return found
}

test('the page of a film counts each user once, however often they rate it', async () => {
  await using world = await openWorld()
  await say(world, 'ann', 'rate', 'film-01', 2)
  await say(world, 'bob', 'rate', 'film-01', 5)
  await say(world, 'cid', 'like', 'film-01')
  // So much lies in between that no history remembers what ann said of it first.
  for (let turn = 0; turn < 250; turn++) await say(world, 'ann', 'click', 'film-02')
  assert.deepEqual((await overview(world, 'film-01', 'ann')).yours, [
    { item: 'film-01', action: 'rate', value: 2, at: world.clock.now() - 252_000 },
  ])
  await say(world, 'ann', 'rate', 'film-01', 4.5)

  const { item, statistics, audience } = await overview(world, 'film-01')
  assert.equal(item.attributes['title'], 'Film number 1')
  assert.deepEqual(statistics, {
    ...{ impressions: 0, clicks: 0, likes: 1, ratings: 2, average: 4.75 },
    histogram: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
  })
  // A like is as warm as five stars, and the newer of the two comes first.
  assert.deepEqual(
    audience.map(({ user, value }) => [user, value]),
    [
      ['cid', undefined],
      ['bob', 5],
      ['ann', 4.5],
    ],
  )
})

test('who changes their mind, comes by another name or is forgotten stands there no more', async () => {
  await using world = await openWorld()
  const fans = async () => (await overview(world, 'film-01')).audience.map(({ user }) => user)
  await say(world, 'ann', 'like', 'film-01')
  await say(world, 'a visitor', 'rate', 'film-01', 5)
  await say(world, 'cid', 'rate', 'film-01', 4)
  assert.deepEqual(await fans(), ['a visitor', 'ann', 'cid'])
  await world.engine.mergeUsers('a visitor', 'bob')
  await say(world, 'cid', 'rate', 'film-01', 1)
  assert.deepEqual(await fans(), ['bob', 'ann'])
  await world.engine.eraseUser('bob')
  assert.deepEqual(await fans(), ['ann'])
  const { statistics } = await overview(world, 'film-01')
  assert.deepEqual([statistics.ratings, statistics.average, statistics.likes], [1, 1, 1])
  await world.reopen()
  assert.deepEqual(await fans(), ['ann'])
  assert.deepEqual((await overview(world, 'film-01')).statistics, statistics)
})

test('the page of a film brings what goes with it, with tokens for the one who looks', async () => {
  await using world = await openWorld()
  await world.like(['bob', 'cid'], filmsOf('crime').slice(0, 6))
  const { similar, yours } = await overview(world, 'film-01', 'bob')
  assert.equal(similar?.items.length, 5)
  const [first] = similar.items
  assert.ok(first!.item !== undefined && first!.token !== '')
  assert.equal(yours[0]!.action, 'like')
  const click = { type: 'click', user: 'bob', item: first!.id, token: first!.token }
  assert.equal((await world.engine.track([click])).accepted, 1)
})

test('a film of which nothing is known but its name has a page; one that nobody named has none', async () => {
  await using world = await openWorld()
  await world.engine.putItems([{ id: 'bare' }])
  const { statistics, audience, yours } = await overview(world, 'bare', 'ann')
  assert.deepEqual(statistics, {
    ...{ impressions: 0, clicks: 0, likes: 0, ratings: 0 },
    histogram: new Array(10).fill(0),
  })
  assert.deepEqual([audience, yours], [[], []])
  await say(world, 'ann', 'click', 'nobody put this')
  assert.equal(await world.engine.itemOverview({ item: 'nobody put this' }), undefined)
  assert.equal(await world.engine.itemOverview({ item: 'no such film' }), undefined)
  assert.equal((await world.engine.itemOverview({ item: 'bare', similar: 0 }))?.similar, undefined)
  await assert.rejects(world.engine.itemOverview({ item: 'bare', audience: 21 }), /audience 21/)
})
