import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmIds, filmsOf, idsOf, openWorld } from './world.ts'

const space = new Set(filmsOf('space'))

/** Several people who keep to one genre each, so that there is something to learn. */
async function worldWithTastes() {
  const world = await openWorld()
  for (const genre of ['comedy', 'crime', 'space', 'nature'] as const) {
    await world.like([`${genre}-1`, `${genre}-2`, `${genre}-3`], filmsOf(genre))
  }
  return world
}

test('a click changes the next page', async () => {
  await using world = await worldWithTastes()
  const [ann, bob] = [await world.page('ann'), await world.page('bob')]
  // Strangers are alike: what differs later is what they did.
  const item = ann.items.find(({ id }) => space.has(id))!
  assert.ok(item)
  await world.engine.track([
    { type: 'click', user: 'ann', item: item.id, token: item.token },
    { type: 'impression', user: 'bob', item: bob.items[0]!.id, token: bob.items[0]!.token },
  ])

  const [annNext, bobNext] = [await world.page('ann'), await world.page('bob')]
  assert.equal(annNext.delivery, 'now', 'what waited knew nothing of the click')
  assert.equal(bobNext.delivery, 'queued', 'an impression says nothing new')
  const share = (ids: readonly string[]) => ids.filter((id) => space.has(id)).length
  assert.ok(share(idsOf(annNext)) > share(idsOf(bobNext)), 'more of what was clicked')
  const because = annNext.items.filter(({ sources }) => sources.includes('item-neighbors'))
  assert.ok(because.length > 0, 'some of it because others liked it together')
  for (const { sources } of bobNext.items) assert.ok(!sources.includes('item-neighbors'))
  assert.equal(new Set(idsOf(ann, annNext)).size, 20)
})

test('a dislike does not bring more of the same, and the item is gone for good', async () => {
  await using world = await worldWithTastes()
  const first = await world.page('ann')
  const bad = first.items.find(({ id }) => space.has(id))!
  await world.engine.track([{ type: 'dislike', user: 'ann', item: bad.id, token: bad.token }])
  const next = await world.page('ann')
  for (const { sources } of next.items) assert.ok(!sources.includes('item-neighbors'))
  // Longer than what was merely served is remembered.
  world.clock.advance(200 * dayMs)
  const much = await world.page('ann', { size: 100 })
  assert.deepEqual(
    [...idsOf(much)].sort(),
    filmIds.filter((id) => id !== bad.id),
  )
})

test('the stream shows what was queued first, whatever was done meanwhile', async () => {
  await using world = await worldWithTastes()
  const first = await world.page('ann', { scene: 'stream' })
  await world.engine.track([{ type: 'like', user: 'ann', item: first.items[0]!.id }])
  assert.equal((await world.page('ann', { scene: 'stream' })).delivery, 'queued')
})
