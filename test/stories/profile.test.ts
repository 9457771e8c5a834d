import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { InterestView } from '../../src/engine/views/profile.ts'
import { dayMs, filmIds, filmsOf, idsOf, minuteMs, openWorld, type World } from './world.ts'

const [space, crime, comedy] = [filmsOf('space'), filmsOf('crime'), filmsOf('comedy')]

/** Films of the story's world are in the channel `film`; every third in `short` as well. */
function inFilm(interests: readonly InterestView[], topic: string): InterestView | undefined {
  return interests.find((each) => each.channel === 'film' && each.topic === topic)
}

async function play(world: World, user: string, item: string, value = 1): Promise<void> {
  await world.engine.track([{ type: 'play', user, item, value }])
}

/** Every film is liked by somebody of its own: nothing goes with anything but by its topics. */
async function evenWorld(): Promise<World> {
  const world = await openWorld()
  await world.engine.track(
    filmIds.map((item) => ({ type: 'like', user: `who likes ${item}`, item })),
  )
  return world
}

describe('a profile', () => {
  it('follows two films of a topic at once, and the next page does too (V-02)', async () => {
    await using world = await evenWorld()
    const before = await world.page('eve', { scene: 'for-you' })
    const count = (ids: readonly string[]) => ids.filter((id) => space.includes(id)).length
    for (const item of space.slice(0, 2)) await play(world, 'eve', item)
    const after = await world.page('eve', { scene: 'for-you' })
    assert.ok(count(idsOf(after)) > count(idsOf(before)), `${idsOf(before)} then ${idsOf(after)}`)

    const profile = await world.engine.profile({ user: 'eve' })
    assert.equal(profile.version, 2)
    const [lasting, now] = [profile.longTerm, profile.shortTerm].map((of) => inFilm(of, 'space')!)
    assert.deepEqual([lasting!.attribute, lasting!.weight, lasting!.share], ['genres', 10, 1])
    assert.deepEqual(lasting!.because.map(({ item }) => item).sort(), space.slice(0, 2))
    for (const { action, weight } of lasting!.because) {
      assert.deepEqual([action, weight], ['play', 5])
    }
    assert.equal(now!.weight, 10)
    assert.equal(profile.session?.actions, 2)

    const told = (await world.engine.explain(after.requestId))!
    const because = told.items.filter(({ reason }) => reason === 'interest')
    assert.ok(because.length > 0, told.items.map((item) => item.because).join('; '))
    for (const { id, because: sentence, evidence } of because) {
      assert.ok(space.includes(id), id)
      assert.match(sentence, /care for “space”/)
      for (const { item, action } of evidence) {
        assert.ok(space.slice(0, 2).includes(item))
        assert.equal(action, 'play')
      }
    }
  })

  it('forgets the session after half an hour, and keeps what lasts', async () => {
    await using world = await openWorld()
    await play(world, 'eve', space[0]!)
    world.clock.advance(10 * minuteMs)
    const soon = await world.engine.profile({ user: 'eve' })
    assert.equal(inFilm(soon.shortTerm, 'space')!.weight, 2.5)
    assert.equal(inFilm(soon.shortTerm, 'space')!.because[0]!.weight, 2.5)
    world.clock.advance(21 * minuteMs)
    const later = await world.engine.profile({ user: 'eve' })
    assert.deepEqual([later.shortTerm, later.session], [[], undefined])
    assert.equal(inFilm(later.longTerm, 'space')!.weight, 5)
    world.clock.advance(30 * dayMs)
    const month = await world.engine.profile({ user: 'eve' })
    assert.ok(Math.abs(inFilm(month.longTerm, 'space')!.weight - 5 / (Math.log(31) + 1)) < 1e-9)
  })

  it('holds what was swiped past and disliked against a topic', async () => {
    await using world = await openWorld()
    await play(world, 'eve', space[0]!)
    await play(world, 'eve', crime[0]!)
    const swipe = { type: 'swipe-past', user: 'eve', item: crime[1]!, value: 0 }
    const dislike = { type: 'dislike', user: 'eve', item: crime[2]! }
    await world.engine.track([swipe, dislike])
    const { longTerm, shortTerm } = await world.engine.profile({ user: 'eve' })
    for (const of of [longTerm, shortTerm]) {
      assert.ok(inFilm(of, 'space')!.weight > 0)
      assert.equal(inFilm(of, 'crime'), undefined)
    }
  })

  it('keeps what is followed, without time taking from it, until it is taken back', async () => {
    await using world = await evenWorld()
    await world.engine.track([{ type: 'follow', user: 'eve', text: 'genres:comedy' }])
    const since = world.clock.now()
    world.clock.advance(40 * dayMs)
    const [interest] = (await world.engine.profile({ user: 'eve' })).longTerm
    assert.deepEqual(
      { ...interest },
      {
        ...{ channel: '', attribute: '', topic: 'genres:comedy', weight: 10, share: 1 },
        ...{ because: [], followedAt: since },
      },
    )
    const page = await world.page('eve', { scene: 'for-you' })
    const brought = page.items.filter(({ sources }) => sources.includes('by-interest'))
    assert.ok(brought.length > 0)
    for (const { id } of brought) assert.ok(comedy.includes(id), id)
    const told = (await world.engine.explain(page.requestId))!
    const sentences = told.items.map(({ because }) => because)
    assert.ok(sentences.includes('Because you follow “comedy”.'), sentences.join(' '))
    await world.engine.track([{ type: 'follow', user: 'eve', text: 'genres:comedy', value: 0 }])
    assert.deepEqual((await world.engine.profile({ user: 'eve' })).longTerm, [])
  })

  it('is told as of an earlier moment without what came after', async () => {
    await using world = await openWorld()
    await play(world, 'visitor', space[0]!)
    const [then, told] = [world.clock.now(), await world.engine.profile({ user: 'visitor' })]
    world.clock.advance(dayMs)
    await play(world, 'eve', crime[0]!)
    await world.engine.mergeUsers('visitor', 'eve')
    const now = await world.engine.profile({ user: 'eve' })
    assert.equal(now.longTerm.filter(({ channel }) => channel === 'film').length, 2)
    assert.deepEqual(await world.engine.profile({ user: 'visitor', at: then }), told)
    assert.equal((await world.engine.profile({ user: 'eve', at: then })).version, 0)
    assert.deepEqual(await world.engine.profile({ user: 'eve', at: world.clock.now() }), now)
    await assert.rejects(world.engine.profile({ user: 'eve', at: world.clock.now() + 1 }), {
      code: 'invalid_argument',
      field: 'at',
    })
    await assert.rejects(world.engine.profile({ user: 'eve', size: 201 }), { field: 'size' })
  })

  it('goes with its user, and comes back with an engine that opens again', async () => {
    await using world = await openWorld()
    for (const item of space.slice(0, 3)) await play(world, 'eve', item)
    const before = await world.engine.profile({ user: 'eve' })
    await world.reopen()
    const at = world.clock.now() - 1_000
    assert.deepEqual(await world.engine.profile({ user: 'eve', at }), before)
    const { state } = await world.engine.exportUser('eve')
    assert.match(JSON.stringify(state['profile']), /space/)
    await world.engine.eraseUser('eve')
    const after = await world.engine.profile({ user: 'eve' })
    assert.deepEqual([after.version, after.longTerm, after.shortTerm], [0, [], []])
    assert.deepEqual([after.recentPositives, after.statistics.actions], [[], {}])
    const earlier = await world.engine.profile({ user: 'eve', at })
    assert.equal(earlier.version, 0)
  })
})
