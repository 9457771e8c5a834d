import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ItemList, ListRequest } from '../../src/engine/views/browsing.ts'
import { dayMs, filmIds, filmsOf, openWorld, type World } from './world.ts'

const idsIn = ({ items }: ItemList) => items.map(({ item }) => item.id)

/** All pages of a list; `between` happens before each next one is asked for. */
async function pages(world: World, request: ListRequest, between = async () => {}) {
  const found = [await world.engine.listItems(request)]
  for (let next = found[0]!.next; next !== null; next = found.at(-1)!.next) {
    await between()
    found.push(await world.engine.listItems({ ...request, after: next }))
  }
  return found
}

test('a collection is told by pages, whole, each film once, in every order', async () => {
  await using world = await openWorld()
  await world.like(['ann', 'bob'], filmIds.slice(20, 30))
  for (const sort of ['popular', 'rating', 'newest', 'title'] as const) {
    const all = await pages(world, { sort, size: 7 })
    assert.deepEqual([...all.flatMap(idsIn)].sort(), filmIds, sort)
    assert.ok(all.every(({ total }) => total === 60))
    assert.deepEqual(all.flatMap(idsIn), idsIn(await world.engine.listItems({ sort, size: 100 })))
  }
})

test('the best rated come first, and one enthusiast makes no classic', async () => {
  await using world = await openWorld()
  const rate = (item: string, values: readonly number[]) =>
    world.engine.track(
      values.map((value, index) => ({ type: 'rate', user: `u${index}`, item, value })),
    )
  await rate('film-03', new Array(30).fill(4.5))
  await rate('film-02', [5])
  await rate('film-01', new Array(30).fill(1))
  const { items } = await world.engine.listItems({ sort: 'rating', size: 100 })
  const ids = items.map(({ item }) => item.id)
  assert.deepEqual(ids.slice(0, 2), ['film-03', 'film-02'])
  assert.equal(ids.at(-1), 'film-01')
  assert.deepEqual([items[0]!.ratings, items[0]!.average], [30, 4.5])
  assert.equal(items[2]!.average, undefined)

  // Ratings that come while somebody pages move the mean, and the films that they are of: no other
  // film comes twice or is missed.
  const all = await pages(world, { sort: 'rating', size: 7 }, async () => {
    await rate('film-00', [1, 1, 1])
    await rate('film-04', [5, 5, 5])
  })
  const moved = (id: string) => id === 'film-00' || id === 'film-04'
  const seen = all.flatMap(idsIn).filter((id) => !moved(id))
  assert.deepEqual(
    seen.sort(),
    filmIds.filter((id) => !moved(id)),
  )
})

test('a filter, a facet and a clock tell what is in the collection', async () => {
  await using world = await openWorld()
  const { engine, clock } = world
  await engine.withdrawItem('film-00')
  await engine.putItems([
    {
      ...{ id: 'soon', attributes: { title: 'Ähnlich wie Film', genres: ['comedy', 'soon'] } },
      availableFrom: new Date(clock.now() + dayMs).toISOString(),
    },
  ])
  const comedies = await engine.listItems({ filter: 'genres has "comedy"', facet: 'genres' })
  assert.deepEqual([...idsIn(comedies)].sort(), filmsOf('comedy').slice(1))
  assert.deepEqual(comedies.facets, [{ value: 'comedy', count: 14 }])
  clock.advance(dayMs)
  const later = await engine.listItems({ sort: 'title', facet: 'genres' })
  assert.equal(later.total, 60)
  assert.equal(idsIn(later)[0], 'soon', 'an accent is no reason to stand at the end')
  assert.deepEqual(later.facets[0], { value: 'comedy', count: 15 })
  assert.deepEqual(later.facets.at(-1), { value: 'soon', count: 1 })
  assert.equal(idsIn(await engine.listItems({ sort: 'newest' }))[0], 'soon')
  await engine.setParameter('blocked', { items: ['soon'] }, 'a test')
  assert.equal((await engine.listItems({})).total, 59)
})

test('what is asked wrongly is told by name', async () => {
  await using world = await openWorld()
  const { engine } = world
  const refused = (request: ListRequest, says: RegExp) =>
    assert.rejects(engine.listItems(request), { code: 'invalid_argument', message: says })
  const { next } = await engine.listItems({ sort: 'rating', size: 5 })
  await refused({ sort: 'title', after: next! }, /after is of a list by rating/)
  for (const after of ['b1', 'W10', Buffer.from('["rating",-1,0,0]').toString('base64url')]) {
    await refused({ sort: 'rating', after }, /none that a list gave/)
  }
  await refused({ facet: 'title' }, /facet title is no tags attribute; there are genres, channels/)
  await refused({ filter: 'genre has "x"' }, /genre/)
  await refused({ size: 101 }, /size 101/)
  // An embedding program without types, or a caller over HTTP, may say anything.
  await refused({ sort: 'best' as 'rating' }, /sort must be one of popular, rating, newest, title/)
})
