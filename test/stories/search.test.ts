import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmIds, openWorld, type World } from './world.ts'

async function cinema(): Promise<World> {
  const world = await openWorld()
  const film = (id: string, title: string, keywords: readonly string[] = []) => ({
    id,
    attributes: { title, ...(keywords.length > 0 && { keywords }) },
  })
  await world.engine.putItems([
    film('11', 'American President, The (1995)'),
    film('12', 'American Pie'),
    film('13', 'President Evil', ['american', 'politics']),
    film('14', 'Amélie', ['paris']),
    film('15', 'Le Fabuleux Destin', ['amelie']),
    film('16', '卧虎藏龙'),
    film('17', '功夫熊猫'),
    film('18', "Ocean's Eleven"),
    { id: '19', attributes: { title: 'Aladdin', year: 1992 } },
    { id: '20', attributes: { title: 'Aladdin', year: 2019 } },
    { id: '21', attributes: { year: 1.5 } },
  ])
  return world
}

async function found(world: World, q: string): Promise<readonly string[]> {
  const { items, total } = await world.engine.search({ q, size: 100 })
  assert.equal(items.length, total)
  return items.map(({ item }) => item.id)
}

test('a film is found by its words in any order, case and completeness', async () => {
  await using world = await cinema()
  for (const q of [
    ...['american president', 'President, American', 'AMERICAN  presid', 'the american president'],
    ...['amerícan président!', 'amercan president', 'american president 1995'],
  ]) {
    assert.equal((await found(world, q))[0], '11', q)
  }
  // A word of the title says more than a tag, and what has all words than what has some.
  assert.deepEqual(await found(world, 'amelie'), ['14', '15'])
  assert.deepEqual(await found(world, 'american'), ['12', '11', '13'])
  assert.deepEqual(await found(world, 'american nonsense'), await found(world, 'american'))
  assert.deepEqual(await found(world, 'oceans'), ['18'])
})

test('the year tells films of one name apart', async () => {
  await using world = await cinema()
  assert.deepEqual(await found(world, 'aladdin 2019'), ['20'])
  assert.deepEqual(await found(world, 'Aladdin (1992)'), ['19'])
})

test('a Chinese title is found by its words, and by the end of a saying', async () => {
  await using world = await cinema()
  for (const q of ['卧虎藏龙', '卧虎', '藏龙', '虎'])
    assert.deepEqual(await found(world, q), ['16'], q)
  for (const q of ['功夫', '熊猫', '功夫熊']) assert.deepEqual(await found(world, q), ['17'], q)
})

test('what is found is what may be shown now', async () => {
  await using world = await cinema()
  const { engine, clock } = world
  assert.deepEqual(await found(world, 'pie'), ['12'])
  await engine.withdrawItem('12')
  assert.deepEqual(await found(world, 'pie'), [])
  await engine.putItems([
    {
      ...{ id: '12', attributes: { title: 'American Cake' } },
      availableFrom: new Date(clock.now() + dayMs).toISOString(),
    },
    { id: 'new', attributes: { title: 'Cake Walk' } },
  ])
  assert.deepEqual(await found(world, 'cake'), ['new'])
  clock.advance(dayMs)
  assert.deepEqual([...(await found(world, 'cake'))].sort(), ['12', 'new'])
  assert.deepEqual(await found(world, 'pie'), [])
  await engine.setParameter('blocked', { items: ['new'] }, 'a test')
  assert.deepEqual(await found(world, 'cake'), ['12'])
  await world.reopen()
  assert.deepEqual(await found(world, 'cake'), ['12'])
})

test('of films that fit nearly alike the more popular comes first', async () => {
  await using world = await openWorld()
  await world.like(['ann', 'bob', 'cid'], ['film-37'])
  await world.like(['ann', 'bob'], ['film-05'])
  const ids = await found(world, 'film number')
  assert.deepEqual([...ids].sort(), filmIds)
  assert.deepEqual(ids.slice(0, 3), ['film-37', 'film-05', 'film-00'])
})

test('nothing that can be typed is a failure', async () => {
  await using world = await cinema()
  for (const q of [
    ' ',
    '?',
    '"',
    '\\',
    '*:*',
    '__proto__',
    'constructor',
    'a'.repeat(256),
    '🎬',
    '熊'.repeat(256),
  ]) {
    await found(world, q)
  }
  await assert.rejects(world.engine.search({ q: 'a'.repeat(257) }), /q has 257 characters/)
  await assert.rejects(world.engine.search({ q: 'a', size: 0 }), /size 0/)
})
