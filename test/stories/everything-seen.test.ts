import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmIds, idsOf, openWorld } from './world.ts'

test('everything has been seen: no page repeats, none is empty early, all lead back', async () => {
  await using world = await openWorld()
  const pages = []
  for (let page = await world.page('ann', { size: 7 }); page.items.length > 0; ) {
    pages.push(page)
    // Now and then something happens in between: a like, half a day, a restart.
    const { id } = page.items[0]!
    if (pages.length % 3 === 0) await world.engine.track([{ type: 'like', user: 'ann', item: id }])
    if (pages.length % 2 === 0) world.clock.advance(dayMs * 0.7)
    if (pages.length === 4) await world.reopen()
    page = await world.page('ann', { size: 7 })
  }
  assert.deepEqual(
    pages.map(({ items }) => items.length),
    [7, 7, 7, 7, 7, 7, 7, 7, 4],
  )
  assert.deepEqual([...idsOf(...pages)].sort(), filmIds)

  const empty = await world.page('ann', { size: 7 })
  assert.deepEqual([empty.items, empty.batchId], [[], pages.length])
  assert.notEqual(empty.older, null)
  const back = await world.pagesBack('ann', empty.older)
  assert.deepEqual(
    back.map(({ batchId, items }) => [batchId, items]),
    pages.map(({ batchId, items }) => [batchId, items]).reverse(),
  )

  // One new item is one new page.
  await world.engine.putItems([{ id: 'one-more' }])
  const more = await world.page('ann', { size: 7 })
  assert.deepEqual([idsOf(more), more.batchId], [['one-more'], pages.length + 1])
})

test('what was only shown may come back after ninety days', async () => {
  await using world = await openWorld()
  const shown = await world.page('ann', { size: 100 })
  await world.engine.track([{ type: 'click', user: 'ann', item: 'film-12' }])
  world.clock.advance(89 * dayMs)
  assert.deepEqual((await world.page('ann')).items, [])
  world.clock.advance(2 * dayMs)
  const again = await world.page('ann', { size: 100 })
  assert.deepEqual(
    [...idsOf(again)].sort(),
    filmIds.filter((id) => id !== 'film-12'),
  )
  assert.equal(again.older, null, 'the page of then is no longer kept')
  const past = await world.engine.older({ user: 'ann', scene: 'home', cursor: shown.batchId })
  assert.deepEqual(past.items, [])
})

test('an empty catalogue gives empty pages, and says nothing wrong', async () => {
  await using world = await openWorld()
  for (const id of filmIds) await world.engine.withdrawItem(id)
  const page = await world.page('ann')
  assert.deepEqual([page.items, page.older, page.batchId], [[], null, 0])
  assert.equal(page.degraded, undefined)
})
