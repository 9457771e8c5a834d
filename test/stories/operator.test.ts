import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmIds, films, idsOf, openWorld } from './world.ts'

test('an operator changes the blend while feeds are served', async () => {
  await using world = await openWorld()
  await world.like(['bea', 'cy', 'dee'], filmIds.slice(0, 20))
  const countFrom = async (source: string, user: string) => {
    const { items } = await world.page(user)
    return items.filter(({ sources }) => sources.includes(source)).length
  }
  await world.engine.setParameter('blend', { popular: 1 }, 'olga')
  // One place in twenty is left to chance.
  assert.ok((await countFrom('popular', 'ann')) >= 9)
  await world.engine.setParameter('blend', { explore: 1 }, 'olga')
  assert.equal(await countFrom('explore', 'ann'), 10)

  const blend = (await world.engine.parameters()).find(({ name }) => name === 'blend')
  assert.deepEqual(
    [blend?.value, blend?.version, blend?.by, blend?.changedAt],
    [{ explore: 1 }, 2, 'olga', world.clock.now()],
  )
  await world.reopen()
  assert.deepEqual(
    (await world.engine.parameters()).find(({ name }) => name === 'blend'),
    blend,
  )
})

test('an operator pins items to places, for those who have not seen them', async () => {
  await using world = await openWorld()
  const [first, last] = ['film-41', 'film-42']
  const pins = {
    home: [
      { item: last, position: 4 },
      { item: first, position: 0 },
    ],
  }
  await world.engine.setParameter('pins', pins, 'olga')
  const ids = idsOf(await world.page('ann'))
  assert.deepEqual([ids[0], ids[4]], [first, last])
  const next = idsOf(await world.page('ann'))
  assert.ok(!next.includes(first) && !next.includes(last))
  // The pins are those of home alone.
  const stream = idsOf(await world.page('bob', { scene: 'stream' }))
  assert.notDeepEqual([stream[0], stream[4]], [first, last])
})

test('an operator blocks items and a channel: what waits in queues is blocked too', async () => {
  await using world = await openWorld()
  await world.like(['bea', 'cy', 'dee'], filmIds)
  const before = idsOf(await world.page('ann'))
  const blocked = filmIds.filter((id) => !before.includes(id)).slice(0, 3)
  await world.engine.setParameter('blocked', { items: blocked, channels: ['short'] }, 'olga')
  const short = new Set(films.flatMap(({ id, channels }) => (channels.includes('short') ? id : [])))
  const allowed = (id: string) => !short.has(id) && !blocked.includes(id)

  const rest = await world.page('ann', { size: 100 })
  assert.deepEqual(
    [...idsOf(rest)].sort(),
    filmIds.filter((id) => allowed(id) && !before.includes(id)),
  )
  const similar = await world.engine.similar({ item: 'film-01', size: 100, user: 'ann' })
  assert.ok(similar.items.length > 0)
  assert.ok(idsOf(similar).every(allowed))

  // And lets them go again.
  await world.engine.setParameter('blocked', {}, 'olga')
  assert.equal(
    (await world.page('ann', { size: 100 })).items.length,
    60 - before.length - rest.items.length,
  )
})

test('values that do not fit are refused, and nothing changes', async () => {
  await using world = await openWorld()
  const before = await world.engine.parameters()
  const refused = [
    ['blend', { fresh: 0.7, trending: 0.7 }, /together they must be <= 1/],
    ['blend', [0.5], /\{"source": share\}/],
    [
      'pins',
      { home: [{ item: 'film-01', position: 100 }] },
      /value\.home\[0\]\.position 100 must be .* <= 99/,
    ],
    ['blocked', { items: 'film-01' }, /value\.items must be a list/],
    ['signals', { click: { weight: 1000 } }, /value\.click\.weight .*<= 100/],
    ['signals', { glance: { weight: 1 } }, /value\.glance is no action/],
  ] as const
  for (const [name, value, message] of refused) {
    await assert.rejects(world.engine.setParameter(name, value, 'olga'), {
      code: 'invalid_argument',
      message,
    })
  }
  await assert.rejects(
    world.engine.setParameter('blnd', {}, 'olga'),
    /no parameter blnd; there are/,
  )
  assert.deepEqual(await world.engine.parameters(), before)
})
