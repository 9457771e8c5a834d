import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageItem } from '../../src/engine/engine.ts'
import { dayMs, openWorld } from './world.ts'

const did = (user: string, type: string, { id, token }: PageItem, more: object = {}) => ({
  type,
  user,
  item: id,
  token,
  ...more,
})

test('forged and contradictory tokens are refused, each with its reason and place', async () => {
  await using world = await openWorld()
  const [page, other] = [await world.page('ann'), await world.page('bob')]
  const [first, second] = page.items as readonly [PageItem, PageItem]
  const [request, , tag] = first.token.split('.') as [string, string, string]
  const changed = `${tag.slice(0, -1)}${tag.endsWith('A') ? 'B' : 'A'}`
  const tracked = await world.engine.track([
    did('ann', 'click', first),
    did('ann', 'click', { ...first, token: `${request}.0.${changed}` }),
    did('ann', 'click', { ...first, token: 'what is this' }),
    did('ann', 'click', { ...first, token: `${request}.99.${tag}` }),
    did('ann', 'click', { ...first, token: second.token }),
    did('ann', 'click', other.items[0]!),
    did('ann', 'click', second, { at: world.clock.now() - dayMs }),
    did('ann', 'glance', second),
    did('ann', 'like', second),
  ])
  assert.equal(tracked.accepted, 2)
  assert.deepEqual(
    tracked.rejected.map(({ index, field, message }) => [index, field, message.slice(0, 60)]),
    [
      [1, 'token', '[invalid_argument] token was not issued by this server, or w'],
      [2, 'token', '[invalid_argument] token was not issued by this server, or w'],
      [3, 'token', '[invalid_argument] token names place 99 of a page of 10'],
      [4, 'token', `[invalid_argument] token contradicts item: that place held ${second.id}`],
      [5, 'token', '[invalid_argument] token contradicts user: the page was show'],
      [6, 'at', '[invalid_argument] at is before the page of the token was se'],
      [7, 'type', '[invalid_argument] type "glance" must be one of impression, '],
    ].map(([index, field, message]) => [index, field, String(message).slice(0, 60)]),
  )
})

test('a token is stale after a month, and holds until then over a restart', async () => {
  await using world = await openWorld()
  const [first, second] = (await world.page('ann')).items as readonly [PageItem, PageItem]
  world.clock.advance(29 * dayMs)
  await world.reopen()
  assert.equal((await world.engine.track([did('ann', 'click', first)])).accepted, 1)
  world.clock.advance(2 * dayMs)
  const late = await world.engine.track([did('ann', 'click', second)])
  assert.match(String(late.rejected[0]?.message), /stale: .* more than 30 days ago/)
})

test('a token tells where the item stood, whatever the caller says', async () => {
  await using world = await openWorld()
  const page = await world.page('ann', { scene: 'stream' })
  const item = page.items[3]!
  await world.engine.track([did('ann', 'like', item, { id: 'liked', scene: 'home' })])
  const { events } = await world.engine.exportUser('ann')
  // Events in an export are plain JSON.
  const liked = (events as readonly { id?: string; shown?: Record<string, unknown> }[]).find(
    ({ id }) => id === 'liked',
  )
  const { request, batch, position, scene, servedAt, sources } = liked?.shown ?? {}
  assert.deepEqual(
    { request, batch, position, scene, servedAt, sources },
    {
      request: page.requestId,
      batch: page.batchId,
      position: 3,
      scene: 'stream',
      servedAt: page.servedAt,
      sources: item.sources,
    },
  )
})

test('an item is seen once per place: twice told and paging back are no exposures', async () => {
  await using world = await openWorld()
  const page = await world.page('ann')
  const item = page.items[0]!
  const seen = did('ann', 'impression', item)
  const once = await world.engine.track([seen, { ...seen, id: 'another-name' }])
  assert.deepEqual(once, { accepted: 1, duplicates: 1, rejected: [] })

  world.clock.advance(dayMs)
  const back = await world.engine.older({ user: 'ann', scene: 'home', cursor: page.batchId })
  assert.equal(back.delivery, 'history')
  assert.deepEqual(back.items, page.items)
  const again = await world.engine.track([did('ann', 'impression', back.items[0]!)])
  assert.deepEqual(again, { accepted: 0, duplicates: 1, rejected: [] })
  const { events } = await world.engine.exportUser('ann')
  const kinds = (events as readonly { type?: string }[]).map(({ type }) => type)
  assert.equal(kinds.filter((type) => type === 'action').length, 1)
  assert.equal(kinds.filter((type) => type === 'served').length, 1)
})
