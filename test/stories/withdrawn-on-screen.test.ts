import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmIds, idsOf, openWorld } from './world.ts'

test('an item is withdrawn while a feed is on screen', async () => {
  await using world = await openWorld()
  const { engine } = world
  await world.like(['bea', 'cy', 'dee'], filmIds.slice(0, 8))
  const page = await world.page('ann')
  assert.equal(page.items.length, 10)
  const onScreen = page.items[3]!

  // What is on the screen goes, and so does much of what waits in the queue behind it.
  const waiting = filmIds.filter((id) => !idsOf(page).includes(id)).slice(0, 20)
  for (const id of [onScreen.id, ...waiting]) assert.equal(await engine.withdrawItem(id), true)
  assert.equal(await engine.withdrawItem('no-such-film'), false)

  // Looking at the same page again shows the others, in their places.
  const again = await engine.older({ user: 'ann', scene: 'home', cursor: page.batchId })
  assert.deepEqual(
    again.items.map(({ id, position }) => [id, position]),
    page.items.flatMap(({ id, position }) => (id === onScreen.id ? [] : [[id, position]])),
  )

  // Nothing withdrawn comes on any later page, and all else does.
  const later = []
  for (let next = await world.page('ann'); next.items.length > 0; next = await world.page('ann')) {
    later.push(next)
  }
  assert.deepEqual(
    later.map(({ items }) => items.length),
    [10, 10, 10],
    'nothing withdrawn took a place',
  )
  const gone = new Set([onScreen.id, ...waiting])
  const expected = filmIds.filter((id) => !gone.has(id) && !idsOf(page).includes(id))
  assert.deepEqual([...idsOf(...later)].sort(), expected)

  // Nor beside another item, with a user or without; and nobody else gets it.
  const beside = page.items[0]!.id
  for (const user of [{}, { user: 'ann' }]) {
    const similar = await engine.similar({ item: beside, size: 50, ...user })
    assert.ok(similar.items.length > 0)
    assert.deepEqual(
      idsOf(similar).filter((id) => gone.has(id)),
      [],
    )
  }
  const others = await world.page('bob', { size: 100 })
  assert.deepEqual(
    [...idsOf(others)].sort(),
    filmIds.filter((id) => !gone.has(id)),
  )
  const fate = await engine.whyNot({ scene: 'home', user: 'bob', item: onScreen.id })
  assert.deepEqual([fate.outcome, fate.by], ['dropped', 'drop-withdrawn'])

  // Who had it on screen may still have clicked it: that happened.
  const click = { type: 'click', user: 'ann', item: onScreen.id, token: onScreen.token }
  assert.deepEqual(await engine.track([click]), { accepted: 1, duplicates: 0, rejected: [] })
})

test('a withdrawn item that is put again may be shown again', async () => {
  await using world = await openWorld()
  await world.engine.withdrawItem('film-07')
  assert.equal((await world.engine.item('film-07'))?.withdrawn, true)
  await world.engine.putItems([{ id: 'film-07', channels: ['film'] }])
  assert.ok(idsOf(await world.page('ann', { size: 100 })).includes('film-07'))
})
