import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmIds, idsOf, openWorld } from './world.ts'

const crowd = ['bea', 'cy', 'dee', 'eve']

test('new items reach everybody within a page of twenty, however hot the others are', async () => {
  await using world = await openWorld()
  await world.like(crowd, filmIds)
  world.clock.advance(dayMs)
  // As many as the source of fresh items brings: nothing else counts as fresh.
  const news = Array.from({ length: 30 }, (_, index) => ({ id: `new-${index}` }))
  await world.engine.putItems(news)
  const isNew = ({ id }: { id: string }) => id.startsWith('new-')

  const page = await world.page('ann', { size: 20 })
  const item = page.items.find(isNew)
  assert.ok(item, 'a twentieth of a page belongs to what is fresh')
  assert.ok(item.sources.includes('fresh'))

  // The operator decides how much of a page that is, but for the one place in twenty of chance.
  await world.engine.setParameter('blend', { fresh: 0.5 }, 'operator')
  assert.ok((await world.page('bob', { size: 20 })).items.filter(isNew).length >= 9)
})

test('an item whose time has not come is not shown, and is when it has', async () => {
  await using world = await openWorld()
  const from = world.clock.now() + dayMs
  const until = from + dayMs
  const premiere = { id: 'premiere', availableFrom: from, availableUntil: until }
  await world.engine.putItems([premiere])
  assert.ok(!idsOf(await world.page('ann', { size: 100 })).includes('premiere'))
  world.clock.advance(dayMs)
  assert.deepEqual(idsOf(await world.page('ann', { size: 100 })), ['premiere'])
  assert.ok(idsOf(await world.page('bob', { size: 20 })).includes('premiere'))
  await world.page('cy', { size: 1, exclude: ['premiere'] })
  world.clock.advance(dayMs)
  // It waited in cy's queue, and its time is over.
  const rest = await world.page('cy', { size: 100 })
  assert.equal(rest.items.length, 59)
  assert.ok(!idsOf(rest).includes('premiere'))
})
