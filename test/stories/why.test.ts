import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filmIds, filmsOf, minuteMs, openWorld } from './world.ts'

const crime = filmsOf('crime')

describe('why', () => {
  it('rests on what the user did, and a past page keeps its sentences whatever they do', async () => {
    await using world = await openWorld()
    await world.like(['ada', 'bob', 'cyd'], crime.slice(0, 6))
    await world.like(['eve'], crime.slice(0, 2))
    const page = await world.page('eve')
    const before = await world.engine.explain(page.requestId)
    const personal = before!.items.filter(({ evidence }) => evidence.length > 0)
    assert.ok(personal.length > 0)
    for (const { evidence, because } of personal) {
      for (const { item, action, title } of evidence) {
        assert.ok(crime.slice(0, 2).includes(item), `${because} rests on ${item}`)
        assert.equal(action, 'like')
        assert.match(title, /^Film number \d+$/)
      }
    }

    world.clock.advance(minuteMs)
    await world.like(
      ['eve'],
      page.items.map(({ id }) => id),
    )
    await world.like(
      ['ada', 'bob'],
      page.items.map(({ id }) => id),
    )
    const after = await world.engine.explain(page.requestId)
    assert.deepEqual(after!.items, before!.items)
  })

  it('tells of any item what became of it on a past page', async () => {
    await using world = await openWorld()
    await world.like(['eve'], [crime[0]!])
    const [first, second] = [await world.page('eve'), await world.page('eve')]
    const fate = async (request: string, item: string) =>
      (await world.engine.explain(request, { item }))!.asked!
    const [shown] = first.items

    assert.equal((await fate(first.requestId, shown!.id)).outcome, 'shown')
    const earlier = await fate(second.requestId, shown!.id)
    assert.equal(earlier.outcome, 'shown-earlier')
    assert.equal(earlier.page?.requestId, first.requestId)
    const later = await fate(first.requestId, second.items[0]!.id)
    assert.deepEqual([later.outcome, later.page?.batchId], ['waiting', 2])
    const met = await fate(first.requestId, crime[0]!)
    assert.deepEqual([met.outcome, met.by], ['not-recalled', 'drop-seen'])
    assert.equal((await fate(first.requestId, 'film-nobody-named')).outcome, 'unknown')

    world.clock.advance(minuteMs)
    await world.engine.putItems([{ id: 'film-new', attributes: { title: 'New' } }])
    assert.match((await fate(first.requestId, 'film-new')).reason!, /not in the catalogue yet/)
  })

  it('accounts for all that was recalled: nothing that was shown is said to wait', async () => {
    await using world = await openWorld()
    const pages = [await world.page('eve'), await world.page('eve'), await world.page('eve')]
    const told = (await world.engine.explain(pages[2]!.requestId, { withItems: true }))!
    const earlier = told.lost.filter(({ outcome }) => outcome === 'shown-earlier')
    assert.deepEqual(
      earlier.map(({ id }) => id).sort(),
      pages
        .slice(0, 2)
        .flatMap((page) => page.items.map(({ id }) => id))
        .sort(),
    )
    const [run] = told.runs
    assert.equal(run!.candidateCount, told.items.length + told.lost.length)
    const views = new Set(told.views!.map(({ id }) => id))
    for (const { id } of [...told.items, ...told.lost]) assert.ok(views.has(id))
  })

  it('finds the pages of a person over all scenes and all their ids, newest first', async () => {
    await using world = await openWorld()
    const ask = async (user: string, scene: string, channel = '') => {
      world.clock.advance(minuteMs)
      return (await world.engine.recommend({ user, scene, channel, size: 3 })).requestId
    }
    const requests = [
      await ask('visitor', 'home'),
      await ask('eve', 'home'),
      await ask('eve', 'channel', 'short'),
      await ask('eve', 'home'),
    ].reverse()
    await ask('somebody-else', 'home')
    await world.engine.mergeUsers('visitor', 'eve')
    const found = async (more = {}) => {
      const pages = await world.engine.recentPages({ user: 'eve', ...more })
      return pages.map(({ requestId }) => requestId)
    }
    assert.deepEqual(await found(), requests)
    assert.deepEqual(await found({ size: 2 }), requests.slice(0, 2))
    assert.deepEqual(await found({ scene: 'channel' }), [requests[1]])
    await world.reopen()
    assert.deepEqual(await found(), requests)
    await assert.rejects(found({ size: 0 }), /size.*>= 1/)
    await world.engine.eraseUser('eve')
    assert.deepEqual(await found(), [])
  })

  it('says so where an operator pinned an item', async () => {
    await using world = await openWorld()
    const item = filmIds[40]!
    await world.engine.setParameter('pins', { home: [{ item, position: 1 }] }, 'op')
    const page = await world.page('eve')
    const told = await world.engine.explain(page.requestId)
    assert.deepEqual(
      [told!.items[1]!.id, told!.items[1]!.because],
      [item, 'An operator pinned it.'],
    )
  })

  it('says so where the recipe failed and the page is made of what waited', async () => {
    let fails = false
    await using world = await openWorld({
      stages: (make) => ({
        filters: [
          make.filter('moody', () => {
            if (fails) throw new Error('not today')
            return true
          }),
        ],
      }),
    })
    const first = await world.page('eve')
    fails = true
    await world.like(['eve'], [crime[0]!])
    const second = await world.page('eve')
    assert.match(String(second.degraded), /not today/)
    const degraded = async (request: string) => (await world.engine.explain(request))?.degraded
    assert.equal(await degraded(first.requestId), undefined)
    assert.equal(await degraded(second.requestId), 'the recipe failed: it left no trace')
  })
})
