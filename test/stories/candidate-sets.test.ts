import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmIds, idsOf, minuteMs, openWorld } from './world.ts'

const hourMs = 60 * minuteMs

test('a burst of likes makes an item hot within one request', async () => {
  await using world = await openWorld()
  await world.like(['bea', 'cy'], filmIds.slice(0, 5))
  await world.page('ann')
  // Nothing for long, then many at once.
  world.clock.advance(3 * hourMs)
  await world.engine.track(
    Array.from({ length: 30 }, (_, user) => ({ type: 'like', user: `u${user}`, item: 'film-42' })),
  )
  const { items } = await world.page('zoe')
  const hot = items.find(({ id }) => id === 'film-42')
  assert.ok(hot?.sources.includes('hot-1h'), `${hot?.sources}`)
  assert.ok(hot?.sources.includes('accelerating'))
  const { items: held } = await world.engine.candidateSet({ name: 'hot-1h' })
  assert.deepEqual(
    held.map(({ id, title, score }) => [id, title, score]),
    [['film-42', 'Film number 42', 60]],
  )

  const standing = (await world.engine.itemStanding('film-42'))!
  assert.deepEqual(
    standing.windows.map(({ hours, counts }) => [hours, counts['like'], counts['signal']]),
    [1, 3, 24, 168, 720].map((hours) => [hours, 30, 60]),
  )
  assert.equal(standing.hourly.length, 24)
  assert.equal(standing.hourly.at(-1), 30)
  const places = standing.sets.map(({ name, channel, rank }) => [name, channel, rank])
  assert.ok(places.some((place) => `${place}` === 'hot-1h,film,0'))
  assert.equal(await world.engine.itemStanding('nobody'), undefined)

  // An hour later it is hot no more, and of the day still.
  world.clock.advance(hourMs + 5 * minuteMs)
  assert.deepEqual((await world.engine.candidateSet({ name: 'hot-1h' })).items, [])
  assert.equal((await world.engine.candidateSet({ name: 'hot-24h' })).items[0]!.id, 'film-42')
})

test('what is new is in the set of the newest at once, and in its channel alone', async () => {
  await using world = await openWorld()
  await world.engine.putItems([{ id: 'new', attributes: { title: 'New' }, channels: ['short'] }])
  const newest = async (channel: string) =>
    (await world.engine.candidateSet({ name: 'newest', channel, size: 1 })).items[0]?.id
  assert.deepEqual([await newest(''), await newest('short')], ['new', 'new'])
  assert.notEqual(await newest('film'), 'new')
})

test('an operator declares a campaign and hours of their own while feeds are served', async () => {
  await using world = await openWorld()
  await world.like(['bea'], ['film-07'])
  world.clock.advance(5 * hourMs)
  const to = new Date(world.clock.now() + hourMs).toISOString()
  const declared = {
    summer: { kind: 'operator', items: ['film-30', 'film-31'], quota: 10, to },
    comedies: { kind: 'operator', filter: 'genres has "comedy" and year < 1970', capacity: 2 },
    'hot-7h': { kind: 'hot', hours: 7, formula: { like: 1, comment: 2, share: 3 }, quota: 5 },
  }
  await world.engine.setParameter('candidate-sets', declared, 'olga')
  const sets = await world.engine.candidateSets()
  assert.deepEqual(
    sets.map(({ name, kind, size }) => [name, kind, size]),
    [
      ['summer', 'operator', 2],
      ['comedies', 'operator', 2],
      ['hot-7h', 'hot', 1],
    ],
  )
  assert.deepEqual(sets[2]!.settings, {
    ...{ hours: 7, formula: { like: 1, comment: 2, share: 3 }, quota: 5 },
  })
  const held = await world.engine.candidateSet({ name: 'comedies' })
  assert.deepEqual(
    held.items.map(({ id }) => id),
    ['film-00', 'film-04'],
  )
  await assert.rejects(world.engine.candidateSet({ name: 'rising' }), {
    code: 'not_found',
    message: /no set rising; there are summer, comedies, hot-7h/,
  })
  const { items } = await world.page('ann', { size: 60 })
  const from = (name: string) =>
    items.filter(({ sources }) => sources.includes(name)).map(({ id }) => id)
  assert.deepEqual([...from('summer')].sort(), ['film-30', 'film-31'])
  assert.deepEqual(from('hot-7h'), ['film-07'])

  // The campaign is over; what the operator declared outlives the process.
  world.clock.advance(hourMs)
  await world.reopen()
  const later = await world.page('bob', { size: 60 })
  assert.ok(later.items.every(({ sources }) => !sources.includes('summer')))
  await assert.rejects(
    world.engine.setParameter('candidate-sets', { x: { kind: 'hot', hours: 0 } }, 'olga'),
    { code: 'invalid_argument', message: /value\.x\.hours/ },
  )
})

test('the baseline is hot, new and chosen by operators, whoever asks (F-16)', async () => {
  await using world = await openWorld()
  await world.like(['bea', 'cy', 'dee'], ['film-10', 'film-11'])
  const declared = {
    newest: { kind: 'newest' },
    hot: { kind: 'hot', hours: 24, refreshMs: 0 },
    summer: { kind: 'operator', items: ['film-33'] },
    best: { kind: 'high-rating', quota: 50 },
  }
  await world.engine.setParameter('candidate-sets', declared, 'olga')
  // A past of their own changes nothing for anybody.
  await world.engine.track([{ type: 'like', user: 'ann', item: 'film-50' }])
  const [one, other] = [
    await world.page('zoe', { scene: 'baseline' }),
    await world.page('ann', { scene: 'baseline' }),
  ]
  const names = new Set(one.items.flatMap(({ sources }) => sources))
  assert.deepEqual([...names].sort(), ['hot', 'newest', 'summer'])
  assert.deepEqual(
    idsOf(one).filter((id) => id !== 'film-50'),
    idsOf(other).slice(0, idsOf(one).filter((id) => id !== 'film-50').length),
  )
  const top = idsOf(one).slice(0, 5)
  for (const id of ['film-10', 'film-11', 'film-33']) assert.ok(top.includes(id), id)
  assert.equal(world.engine.scenes().find(({ name }) => name === 'baseline')?.recipe, 'baseline')
})

test('the engine makes what is due by itself, before anybody asks', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  await using world = await openWorld()
  const madeAt = async () =>
    (await world.engine.candidateSets()).find(({ name }) => name === 'random')!.refreshedAt
  const begun = world.clock.now()
  t.mock.timers.tick(1_000)
  world.clock.advance(minuteMs)
  assert.equal(await madeAt(), begun)
  world.clock.advance(15 * minuteMs)
  const due = world.clock.now()
  t.mock.timers.tick(1_000)
  world.clock.advance(minuteMs)
  assert.equal(await madeAt(), due)
})
