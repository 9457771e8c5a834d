import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filmIds, filmsOf, genres, idsOf, openWorld, trained, type World } from './world.ts'

/** Forty people who keep to one genre each, and go through it. */
async function worldWithTastes(): Promise<World> {
  const world = await openWorld()
  for (let step = 0; step < 12; step++) {
    for (const [index, genre] of genres.entries()) {
      const people = Array.from({ length: 10 }, (_, n) => `${genre}-${n}`)
      for (const [n, user] of people.entries()) {
        const items = filmsOf(genre)
        await world.like([user], [items[(step + n * 3 + index) % items.length]!])
      }
    }
  }
  return world
}

test('a model that was trained for recall can be named by an algorithm, and brings what it knows', async () => {
  await using world = await worldWithTastes()
  const { engine } = world
  const job = await trained(world, { kind: 'ease' })
  assert.equal(job.status, 'done', JSON.stringify(job))
  assert.equal(job.result?.promoted, true, job.result?.reason)
  await engine.setParameter(
    'algorithms',
    { linear: { sources: { ease: 40 }, ranker: 'agreement', size: 20, scenes: ['nearline'] } },
    'olga',
  )
  const likes = filmsOf('space').slice(0, 3)
  await world.like(['ann'], likes)
  await engine.prepared()
  const page = await engine.recommend({ user: 'ann', scene: 'nearline', size: 6 })
  const space = new Set(filmsOf('space'))
  assert.ok(page.items.length > 0)
  assert.deepEqual(
    page.items.filter(({ id, sources }) => !space.has(id) || !sources.includes('ease')),
    [],
  )
  await assert.rejects(
    engine.setParameter('algorithms', { other: { sources: { easy: 40 } } }, 'olga'),
    /easy.* is not known; there are .*ease/,
  )
})

test('a network that was trained on the order of likes says what comes next', async () => {
  await using world = await worldWithTastes()
  const { engine } = world
  // A small world takes many passes.
  const settings = { length: 10, epochs: 60 }
  const job = await trained(world, { kind: 'self-attention', settings })
  assert.equal(job.status, 'done', JSON.stringify(job))
  assert.equal(job.result?.promoted, true, job.result?.reason)
  const algorithm = { sources: { 'self-attention': 5 }, ranker: 'agreement', size: 5 }
  await engine.setParameter('algorithms', { next: { ...algorithm, scenes: ['nearline'] } }, 'olga')
  const [first, second, third] = filmsOf('space')
  await world.like(['ann'], [first!, second!])
  await engine.prepared()
  const page = await engine.recommend({ user: 'ann', scene: 'nearline', size: 1 })
  assert.deepEqual(
    page.items.map(({ id, sources }) => [id, ...sources]),
    [[third, 'self-attention']],
  )
})

test('a large catalogue is looked through by lists, which are learned and measured with the model', async () => {
  await using world = await worldWithTastes()
  const { engine } = world
  const settings = { dims: 16, passes: 60, listsAbove: filmIds.length - 1 }
  const job = await trained(world, { kind: 'item2vec', settings })
  assert.equal(job.result?.promoted, true, job.result?.reason ?? job.trouble)
  const { metrics = {} } = (await engine.models()).find(({ name }) => name === 'item2vec')!
  const recalled = Object.entries(metrics).find(([name]) => /^recall@\d+ of lists$/.test(name))
  assert.ok(recalled![1] >= 0.95 && metrics['lists']! >= 4, JSON.stringify(metrics))
  const algorithm = { sources: { item2vec: 10 }, ranker: 'agreement', size: 10 }
  await engine.setParameter('algorithms', { near: { ...algorithm, scenes: ['nearline'] } }, 'olga')
  await world.like(['ann'], filmsOf('space').slice(0, 3))
  await engine.prepared()
  await world.reopen()
  const page = await world.engine.recommend({ user: 'ann', scene: 'nearline', size: 5 })
  assert.equal(page.items.length, 5)
  const space = new Set(filmsOf('space'))
  for (const { id, sources } of page.items) {
    assert.ok(space.has(id), id)
    assert.deepEqual(sources, ['item2vec'])
  }
})

test('what nobody met yet stands beside what says the same', async () => {
  await using world = await worldWithTastes()
  const { engine } = world
  const words = ['a harbour in winter', 'an old lighthouse keeper', 'a storm at sea']
  await engine.putItems([
    { id: 'known', attributes: { about: `The keeper: ${words.join(', ')}` }, channels: ['film'] },
    { id: 'unmet', attributes: { about: `A lighthouse: ${words.join(', ')}` }, channels: ['film'] },
  ])
  world.clock.advance(60_000)
  const job = await trained(world, { kind: 'content' })
  assert.equal(job.status, 'done', JSON.stringify(job))
  assert.equal(job.result?.promoted, true, job.result?.reason)
  const page = await engine.similar({ item: 'known', user: 'ann' })
  // Beside it stands only what is of the same channel, the hottest first.
  assert.ok(idsOf(page).slice(0, 2).includes('unmet'), idsOf(page).join(' '))
  const unmet = page.items.find(({ id }) => id === 'unmet')
  assert.ok(unmet?.sources.includes('content'), unmet?.sources.join(' '))
})
