import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmsOf, idsOf, minuteMs, openWorld, type World } from './world.ts'

const space = new Set(filmsOf('space'))

/** Several people who keep to one genre each, so that there is something to learn. */
async function worldWithTastes(): Promise<World> {
  const world = await openWorld()
  for (const genre of ['comedy', 'crime', 'space', 'nature'] as const) {
    await world.like([`${genre}-1`, `${genre}-2`, `${genre}-3`], filmsOf(genre))
  }
  return world
}

const next = (world: World, user = 'ann', size = 4) =>
  world.engine.recommend({ user, scene: 'nearline', size })

test('a click is in the next page, although no recipe runs when it is asked for', async () => {
  await using world = await worldWithTastes()
  const first = await next(world)
  assert.equal(first.delivery, 'now', 'nobody knew that ann would come')
  await world.engine.prepared()
  world.clock.advance(minuteMs)
  const second = await next(world)
  assert.equal(second.delivery, 'nearline')
  const clicked = [...first.items, ...second.items].find(({ id }) => space.has(id))!
  await world.engine.track([{ type: 'click', user: 'ann', item: clicked.id, token: clicked.token }])
  await world.engine.prepared()

  const third = await next(world)
  assert.equal(third.delivery, 'nearline')
  const because = third.items.filter(({ sources }) => sources.includes('item-neighbors'))
  assert.ok(because.length > 0, 'some of it because others liked it together')
  for (const { sources } of second.items) assert.ok(!sources.includes('item-neighbors'))
  assert.equal(new Set(idsOf(first, second, third)).size, 12, 'nothing came twice')
  const told = await world.engine.explain(third.requestId)
  assert.equal(told?.delivery, 'nearline')
  assert.match(told!.items[0]!.run, /^nearline-/)
  assert.ok(told!.runs.length > 0, 'the run that prepared it is told')
  const pagesBack = await world.pagesBack('ann', third.older, 'nearline')
  assert.deepEqual(
    pagesBack.map((page) => idsOf(page)),
    [idsOf(second), idsOf(first)],
  )
})

test('until the worker has come, what waited is shown all the same', async () => {
  await using world = await worldWithTastes()
  await world.engine.setParameter('nearline', { concurrency: 0 }, 'olga')
  const first = await next(world)
  await world.engine.track([{ type: 'click', user: 'ann', item: first.items[0]!.id }])
  const second = await next(world)
  assert.equal(second.delivery, 'nearline')
  for (const { sources } of second.items) assert.ok(!sources.includes('item-neighbors'))
})

test('a queue that waited too long is empty, and so is one that nobody filled', async () => {
  await using world = await worldWithTastes()
  await next(world)
  await world.engine.prepared()
  world.clock.advance(4 * dayMs)
  assert.equal((await next(world)).delivery, 'now')
})

test('what waits, and who put it there, can be looked at', async () => {
  await using world = await worldWithTastes()
  const request = { user: 'ann', scene: 'nearline' }
  assert.deepEqual(await world.engine.waiting(request), {
    ...{ user: 'ann', scene: 'nearline', channel: '', lastBatch: 0, entries: [] },
  })
  const page = await next(world)
  await world.engine.track([{ type: 'like', user: 'ann', item: page.items[0]!.id }])
  await world.engine.prepared()
  const { lastBatch, entries, offeredAt } = await world.engine.waiting(request)
  assert.deepEqual([lastBatch, offeredAt], [1, world.clock.now()])
  assert.ok(entries.length > 30)
  assert.deepEqual([...new Set(entries.map(({ writer }) => writer))], ['feed'])
  const shown = await next(world)
  assert.deepEqual(
    idsOf(shown),
    entries.slice(0, 4).map(({ item }) => item),
  )
  await assert.rejects(world.engine.waiting({ user: 'ann', scene: 'nowhere' }), /no scene nowhere/)
})

test('a filter leaves what was prepared for pages without one where it is', async () => {
  await using world = await worldWithTastes()
  await next(world)
  await world.engine.prepared()
  const before = await world.engine.waiting({ user: 'ann', scene: 'nearline' })
  const filter = 'genres has "space" and year >= 2000'
  const filtered = await world.engine.recommend({ user: 'ann', scene: 'nearline', size: 5, filter })
  assert.ok(filtered.items.length > 0)
  const after = await world.engine.waiting({ user: 'ann', scene: 'nearline' })
  const gone = new Set(idsOf(filtered))
  assert.deepEqual(
    after.entries.map(({ item }) => item),
    before.entries.map(({ item }) => item).filter((item) => !gone.has(item)),
  )
})

test('somebody who is erased leaves no queue behind, whatever was under way', async () => {
  await using world = await worldWithTastes()
  const page = await next(world)
  await world.engine.track([{ type: 'like', user: 'ann', item: page.items[0]!.id }])
  await world.engine.eraseUser('ann')
  await world.engine.prepared()
  const { lastBatch, entries } = await world.engine.waiting({ user: 'ann', scene: 'nearline' })
  assert.deepEqual([lastBatch, entries], [0, []])
  assert.deepEqual((await world.engine.exportUser('ann')).events, [])
})

test('the worker is among those who follow the log, and goes on where it was', async () => {
  await using world = await worldWithTastes()
  const stream = async () =>
    (await world.engine.streams()).find(({ group }) => group === 'nearline')!
  await next(world)
  // One at a time: a run for the page that knew of the like already would leave none for the like.
  await world.engine.prepared()
  await world.engine.track([{ type: 'like', user: 'ann', item: [...space][0] }])
  await world.engine.prepared()
  // What it wrote itself is part of the log as well.
  await world.engine.prepared()
  const before = await stream()
  assert.deepEqual([before.lag, before.failure], [0, undefined])
  const { events } = world.engine.status()
  const { nearline } = world.engine.status()
  assert.deepEqual([nearline?.made, nearline?.failures], [1, 0])
  assert.equal(nearline?.freshness.count, 1)
  await world.reopen()
  await world.engine.prepared()
  assert.equal((await stream()).lag, 0)
  assert.equal(world.engine.status().events, events, 'nothing was answered twice')
  assert.equal((await next(world)).delivery, 'nearline')
})
