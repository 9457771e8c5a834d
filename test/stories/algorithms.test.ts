import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idsOf, openWorld, type World } from './world.ts'

const many = Array.from({ length: 400 }, (_, index) => ({
  id: `item-${String(index).padStart(3, '0')}`,
  attributes: { genres: [['drama', 'comedy', 'crime'][index % 3]!] },
  channels: [],
}))

const userOf = (index: number): string => `user-${index}`

/** Four hundred items, the first half of them liked by some, so that there is something to rank. */
async function bigWorld(): Promise<World> {
  const world = await openWorld()
  await world.engine.putItems(many)
  await world.engine.track(
    many
      .slice(0, 200)
      .map(({ id }, index) => ({ type: 'like', user: userOf(index % 5), item: id })),
  )
  world.clock.advance(60_000)
  return world
}

const page = (world: World, size = 10) =>
  world.engine.recommend({ user: 'ann', scene: 'nearline', size })

const waiting = async (world: World) =>
  (await world.engine.waiting({ user: 'ann', scene: 'nearline' })).entries

test('a mix of two hundred ranked and twenty new: ten now, the rest waits, in shares that change while it runs', async () => {
  await using world = await bigWorld()
  const { engine } = world
  await engine.putItems(many.slice(0, 20).map((item) => ({ ...item, id: `new-${item.id}` })))
  const mixed = (share: number) => ({
    ranked: { sources: { popular: 200 }, ranker: 'popular', size: 200 },
    novel: { sources: { fresh: 20 }, ranker: 'agreement', size: 20 },
    mix: {
      parts: { ranked: 200, novel: 20 },
      ...{ blend: { novel: share }, size: 220, scenes: ['nearline'] },
    },
  })
  await engine.setParameter('algorithms', mixed(0.1), 'olga')
  const first = await page(world)
  assert.equal(first.items.length, 10)
  const rest = await waiting(world)
  assert.equal(rest.length, 210)
  const isNew = ({ sources }: { readonly sources: readonly string[] }) => sources.includes('novel')
  assert.equal(first.items.filter(isNew).length, 1)
  assert.equal(rest.filter(isNew).length + 1, 20)
  assert.equal((await engine.explain(first.requestId))?.recipe, 'mix')

  await engine.setParameter('algorithms', mixed(0.5), 'olga')
  await engine.track([{ type: 'click', user: 'ann', item: first.items[0]!.id }])
  await engine.prepared()
  const second = await page(world)
  assert.equal(second.delivery, 'nearline')
  assert.equal(second.items.filter(isNew).length, 5)
  assert.equal(new Set(idsOf(first, second)).size, 20)
  const writers = new Set((await waiting(world)).map(({ writer }) => writer))
  assert.deepEqual([...writers].sort(), ['mix/novel', 'mix/ranked'])
})

test('an algorithm draws from a set that brings nothing to feeds by itself', async () => {
  await using world = await bigWorld()
  const { engine } = world
  await engine.setParameter('candidate-sets', { latest: { kind: 'newest', capacity: 30 } }, 'olga')
  const own = { sources: { latest: 30 }, ranker: 'agreement', scenes: ['home'] }
  await engine.setParameter('algorithms', { own }, 'olga')
  const { items } = await engine.recommend({ user: 'ann', scene: 'home', size: 10 })
  assert.equal(items.length, 10)
  assert.ok(items.every(({ sources }) => sources.includes('latest')))
  const other = await engine.recommend({ user: 'ann', scene: 'for-you', size: 10 })
  assert.ok(other.items.every(({ sources }) => !sources.includes('latest')))
})

test('algorithms are made, changed and removed while feeds are served', async () => {
  await using world = await bigWorld()
  const { engine } = world
  const usual = engine.scenes().find(({ name }) => name === 'home')!.recipe
  await engine.setParameter(
    'algorithms',
    {
      newest: { sources: { fresh: 50 }, ranker: 'agreement', scenes: ['home'] },
      best: { sources: { popular: 50 }, ranker: 'popular', scenes: ['home'], weight: 2 },
    },
    'olga',
  )
  const recipe = () => engine.scenes().find(({ name }) => name === 'home')!.recipe
  assert.equal(recipe(), 'best', 'the one that weighs more')
  const first = await world.page('ann')
  for (const { sources } of first.items) assert.deepEqual(sources, ['popular'])
  await engine.rollbackParameter('algorithms', 0, 'olga')
  assert.equal(recipe(), usual)
  await assert.rejects(
    engine.setParameter('algorithms', { a: { sources: { 'no-such': 5 } } }, 'olga'),
    /value\.a\.sources\.no-such is not known; there are pinned, nearest, .*explore/,
  )
})

test('a large algorithm leaves room for a small one, and a result too soon is refused', async () => {
  await using world = await bigWorld()
  const { engine, clock } = world
  await engine.setParameter(
    'algorithms',
    {
      small: { sources: { fresh: 15 }, ranker: 'agreement', scenes: ['nearline'], weight: 1 },
      large: { sources: { popular: 300, trending: 300 }, size: 300, scenes: ['nearline'] },
    },
    'olga',
  )
  await engine.setParameter(
    'grants',
    {
      rules: [
        { writer: 'large', quota: 60, periodMs: 60_000, minIntervalMs: 15_000 },
        { writer: 'small', share: 0.25 },
      ],
      queueLength: 100,
    },
    'olga',
  )
  // The first page brings the user in; from then on the worker writes.
  await page(world, 1)
  await engine.prepared()
  clock.advance(120_000)
  await engine.track([{ type: 'like', user: 'ann', item: many[0]!.id }])
  await engine.prepared()
  const by = async (writer: string) =>
    (await waiting(world)).filter((entry) => entry.writer === writer).length
  assert.deepEqual([await by('small'), await by('large')], [15, 60])

  clock.advance(10_000)
  const before = await engine.grants()
  await engine.track([{ type: 'like', user: 'ann', item: many[1]!.id }])
  await engine.prepared()
  const rowOf = (rows: typeof before, writer: string) => rows.find((row) => row.writer === writer)!
  const [was, is] = [rowOf(before, 'large'), rowOf(await engine.grants(), 'large')]
  assert.equal(is.granted, was.granted, 'ten seconds after its last result')
  assert.equal(is.denied['interval'], is.asked - was.asked)
  assert.equal(
    await by('large'),
    0,
    'what the small one put took the place of what was out of date',
  )

  clock.advance(10_000)
  await engine.track([{ type: 'like', user: 'ann', item: many[2]!.id }])
  await engine.prepared()
  assert.equal(await by('large'), 0, 'its minute is not over, and its quota was spent')
  assert.ok(rowOf(await engine.grants(), 'large').denied['quota']! > 240)

  // What was decided is in the log: another process counts the same.
  const counted = await engine.grants()
  await world.reopen()
  assert.deepEqual(await world.engine.grants(), counted)
  const { entries } = await world.engine.waiting({ user: 'ann', scene: 'nearline' })
  assert.ok(entries.length > 0)
})

test('rules can be for some users only, and deny whom they do not know', async () => {
  await using world = await bigWorld()
  const { engine } = world
  await engine.putUsers([{ id: 'ann', attributes: { country: 'fi' } }])
  await engine.setParameter(
    'grants',
    { segmentBy: 'country', rules: [{ segment: 'fi', quota: 7 }], otherwise: null },
    'olga',
  )
  for (const user of ['ann', 'bob']) {
    const shown = await engine.recommend({ user, scene: 'nearline', size: 5 })
    assert.equal(shown.items.length, 5, 'a page is the right of the user, and no grant')
  }
  const lengths = ['ann', 'bob'].map(async (user) => {
    return (await engine.waiting({ user, scene: 'nearline' })).entries.length
  })
  assert.deepEqual(await Promise.all(lengths), [7, 0])
  const rows = await engine.grants()
  assert.deepEqual(
    rows.map(({ writer, segment, granted }) => [writer, segment, granted]),
    [
      ['feed', '', 5],
      ['feed', 'fi', 12],
    ],
  )
  assert.ok(rows[0]!.denied['unknown-writer']! > 100)
})
