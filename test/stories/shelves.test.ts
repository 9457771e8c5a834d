import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Shelf, Shelves, ShelvesRequest } from '../../src/engine/engine.ts'
import { dayMs, filmIds, films, filmsOf, genres, idsOf, openWorld, type World } from './world.ts'

/** People who keep to one genre each, so that there is something to know. */
async function worldWithTastes(): Promise<World> {
  const world = await openWorld()
  for (const genre of genres) {
    await world.like([`${genre}-1`, `${genre}-2`, `${genre}-3`], filmsOf(genre))
  }
  return world
}

const home = (world: World, user: string, more: Partial<ShelvesRequest> = {}) =>
  world.engine.shelves({ user, count: 6, size: 4, ...more })

const named = ({ shelves }: Shelves): readonly string[] =>
  shelves.map(({ kind, value, beside }) => value ?? beside?.id ?? kind)

const standing = ({ shelves }: Shelves): readonly string[] =>
  shelves.flatMap(({ items }) => items.map(({ id }) => id))

function shelfOf({ shelves }: Shelves, value: string): Shelf {
  const found = shelves.find((shelf) => shelf.value === value)
  assert.ok(found, `no shelf ${value}`)
  return found
}

test('a newcomer finds the best of all, then of each genre, and no film twice', async () => {
  await using world = await worldWithTastes()
  const page = await home(world, 'ann')
  assert.deepEqual([...named(page)].sort(), ['top', ...genres].sort())
  assert.equal(named(page)[0], 'top')
  assert.equal(new Set(standing(page)).size, 20)
  for (const genre of genres) {
    for (const { id } of shelfOf(page, genre).items) assert.ok(filmsOf(genre).includes(id))
  }
  assert.deepEqual(
    page.shelves.flatMap(({ items }) => items.map(({ position }) => position)),
    [...Array(20).keys()],
  )
})

test('three likes bring their genre up at once, and what goes with the last of them', async () => {
  await using world = await worldWithTastes()
  const before = await home(world, 'ann')
  const last = named(before).at(-1)! as (typeof genres)[number]
  const liked = shelfOf(before, last).items.slice(0, 3)
  for (const { id, token } of liked) {
    await world.engine.track([{ type: 'rate', value: 5, user: 'ann', item: id, token }])
    world.clock.advance(100)
  }
  const after = await home(world, 'ann', { withItems: true })
  assert.deepEqual(named(after).slice(0, 3), ['top', liked[2]!.id, last])
  const beside = after.shelves[1]!
  assert.equal(beside.kind, 'beside')
  assert.equal(
    beside.beside!.attributes['title'],
    films.find(({ id }) => id === liked[2]!.id)!.attributes.title,
  )
  assert.deepEqual(after.shelves[0]!.items[0]!.item!.attributes['genres'], [last])
  const watched = new Set(liked.map(({ id }) => id))
  for (const id of standing(after)) assert.ok(!watched.has(id), `${id} was watched`)
  // It is one person's taste: nothing goes with a like of somebody else.
  const kinds = (await home(world, 'bob')).shelves.map(({ kind }) => kind)
  assert.deepEqual(kinds, ['top', 'value', 'value', 'value', 'value'])
})

test('a page of shelves stands still while nothing happens, and hides nothing from feeds', async () => {
  await using world = await worldWithTastes()
  const page = await home(world, 'ann')
  const feed = await world.page('ann', { size: 60 })
  assert.equal(feed.items.length, 60)
  const again = await home(world, 'ann')
  assert.deepEqual(standing(again), standing(page))
  assert.notEqual(again.requestId, page.requestId)
})

test('whatever was reported, disliked, blocked or withdrawn stands on no shelf', async () => {
  await using world = await worldWithTastes()
  const all = { count: 20, size: 40 }
  const [bad, blocked, gone] = standing(await home(world, 'ann', all))
  await world.engine.track([{ type: 'dislike', user: 'ann', item: bad }])
  await world.engine.setParameter('blocked', { items: [blocked!] }, 'olga')
  await world.engine.withdrawItem(gone!)
  const after = standing(await home(world, 'ann', all))
  for (const id of [bad!, blocked!, gone!]) assert.ok(!after.includes(id))
})

test('a page of shelves is explained, survives the engine, and goes with its user', async () => {
  await using world = await worldWithTastes()
  await world.like(['ann'], filmsOf('space').slice(0, 2))
  const page = await home(world, 'ann', { size: 12 })
  await world.reopen()
  const explained = await world.engine.explain(page.requestId)
  assert.equal(explained!.recipe, 'shelves')
  assert.deepEqual(
    explained!.items.map(({ id }) => id),
    standing(page),
  )
  for (const { features, sources } of explained!.items) {
    assert.ok(features.length > 0 && sources.length > 0)
  }
  for (const { outcome, by } of explained!.lost) {
    assert.ok(outcome === 'outranked' ? by === 'shelve' : outcome === 'dropped', `${outcome} ${by}`)
  }
  const older = await world.engine.older({ user: 'ann', scene: 'shelves', cursor: 'b1' })
  assert.deepEqual(idsOf(older), standing(page))
  await world.engine.eraseUser('ann')
  assert.equal(await world.engine.explain(page.requestId), undefined)
})

test('the largest page holds what there is, and the attribute is one that is declared', async () => {
  await using world = await worldWithTastes()
  const page = await home(world, 'ann', { attribute: 'channels', count: 20, size: 40 })
  assert.deepEqual(named(page), ['top', 'film'])
  assert.deepEqual([...standing(page)].sort(), filmIds)
  assert.deepEqual(named(await home(world, 'ann', { attribute: 'keywords' })), ['top'])
  const wrong: readonly [Partial<ShelvesRequest>, string, RegExp][] = [
    [{ attribute: 'year' }, 'attribute', /"year" is none .*: channels, genres, keywords/],
    [{ count: 0 }, 'count', /0 must be a whole number >= 1 and <= 20/],
    [{ size: 41 }, 'size', /41 must be a whole number >= 1 and <= 40/],
    [{ user: '' }, 'user', /1 to 256/],
  ]
  for (const [more, field, message] of wrong) {
    await assert.rejects(home(world, 'ann', more), { code: 'invalid_argument', field, message })
  }
})

test('an empty catalogue has no shelves, and that is no failure', async () => {
  await using world = await openWorld()
  for (const id of filmIds) await world.engine.withdrawItem(id)
  const page = await home(world, 'ann')
  assert.deepEqual([page.shelves, page.degraded], [[], undefined])
})

test('the top shows again what was shown, and never what was acted on', async () => {
  await using world = await worldWithTastes()
  const top = () => world.page('ann', { scene: 'top', size: 12 })
  const first = await top()
  world.clock.advance(dayMs)
  assert.deepEqual(idsOf(await top()), idsOf(first))
  await world.page('ann', { size: 60 })
  assert.deepEqual(idsOf(await top()), idsOf(first))
  const [liked] = idsOf(first)
  await world.like(['ann'], [liked!])
  assert.ok(!idsOf(await top()).includes(liked!))
  // Home was shown everything and has nothing new; the top neither minds nor takes from it.
  assert.equal((await world.page('ann')).items.length, 0)
})
