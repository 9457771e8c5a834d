import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedRequest } from '../../src/engine/engine.ts'
import type { OfferedEvent } from '../../src/events/event.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { genres, idsOf, minuteMs, openWorld, type World } from './world.ts'

const many = Array.from({ length: 400 }, (_, index) => ({
  id: `many-${String(index).padStart(3, '0')}`,
  attributes: { genres: [genres[index % genres.length]!] },
  channels: ['film'],
}))

const pyramid: Partial<FeedRequest> = { scene: 'pyramid' }

async function worldOfMany(): Promise<World> {
  const world = await openWorld()
  await world.engine.putItems(many)
  const fans = ['bea', 'cy', 'dee', 'eve']
  for (const [index, { id }] of many.entries()) {
    if (index % 2 === 0)
      await world.engine.track([{ type: 'like', user: fans[index % 4], item: id }])
  }
  world.clock.advance(minuteMs)
  return world
}

/** What was put into queues, as the log has it. */
async function offers(world: World): Promise<readonly OfferedEvent[]> {
  await using log = await openSegmentLog({ folder: world.engine.home.log, readOnly: true })
  const found: OfferedEvent[] = []
  for await (const batch of log.read(0)) {
    for (const { event } of batch) if (event?.type === 'offered') found.push(event)
  }
  return found
}

test('between two global recalls the next head alone is ranked, and no head comes again (B-F09)', async () => {
  await using world = await worldOfMany()
  const pages = []
  for (let turn = 0; turn < 4; turn++) {
    const page = await world.page('ann', pyramid)
    pages.push(page)
    assert.equal(page.items.length, 10)
    // A deed: what was ranked before it is out of date.
    await world.engine.track([{ type: 'click', user: 'ann', item: page.items[0]!.id }])
    world.clock.advance(minuteMs)
  }
  const all = await offers(world)
  const pools = all.filter(({ scene }) => scene === 'pyramid:pool')
  assert.equal(pools.length, 1, 'recalled once')
  const heads = all.filter(({ writer }) => writer === 'pyramid')
  const pushed = heads.flatMap(({ entries }) => entries.map(({ item }) => item))
  assert.equal(heads.length, 4)
  assert.ok(heads.every(({ entries }) => entries.length <= 50))
  assert.equal(new Set(pushed).size, pushed.length)
  // The first of the pool first: what most strategies hit.
  const first = new Set(pools[0]!.entries.slice(0, 50).map(({ item }) => item))
  assert.deepEqual(new Set(heads[0]!.entries.map(({ item }) => item)), first)
  assert.equal(new Set(idsOf(...pages)).size, 40)

  // The window is over: all strategies are asked again, and may find what was never shown.
  world.clock.advance(10 * minuteMs)
  await world.page('ann', pyramid)
  const later = (await offers(world)).filter(({ scene }) => scene === 'pyramid:pool')
  assert.equal(later.length, 2)
})

test('a page from the pyramid tells which strategies hit each item, and how few were ranked', async () => {
  await using world = await worldOfMany()
  const page = await world.page('ann', pyramid)
  const sets = (await world.engine.candidateSets()).map(({ name }) => name)
  for (const { sources } of page.items) {
    assert.ok(sources.length > 0 && sources.every((source) => sets.includes(source)), `${sources}`)
  }
  // Best of the pool: what several strategies hit.
  assert.ok(page.items[0]!.sources.length >= 3)
  const { stages } = (await world.engine.explain(page.requestId))!
  const ranked = stages.find(({ stage }) => stage === 'rank')
  assert.ok(ranked!.rowCount <= 50)
  // Without a deed the rest of the head is shown, and nothing runs.
  const next = await world.page('ann', pyramid)
  assert.equal(next.delivery, 'queued')
  assert.equal((await offers(world)).filter(({ writer }) => writer === 'pyramid').length, 1)
})

test('a pool is state: it outlives the process, and goes with the user', async () => {
  await using world = await worldOfMany()
  const first = await world.page('ann', pyramid)
  await world.engine.track([{ type: 'click', user: 'ann', item: first.items[0]!.id }])
  await world.reopen()
  const second = await world.page('ann', pyramid)
  assert.equal((await offers(world)).filter(({ scene }) => scene === 'pyramid:pool').length, 1)
  const shown = new Set(idsOf(first))
  assert.ok(idsOf(second).every((id) => !shown.has(id)))
  await world.engine.eraseUser('ann')
  assert.deepEqual(await offers(world), [])
  assert.equal((await world.page('ann', pyramid)).items.length, 10)
})

test('where the pool runs dry before its window is over, it is filled again', async () => {
  await using world = await openWorld()
  const ids = new Set<string>()
  for (let turn = 0; turn < 6; turn++) {
    for (const { id } of (await world.page('ann', pyramid)).items) {
      assert.ok(!ids.has(id))
      ids.add(id)
    }
  }
  assert.equal(ids.size, 60)
})
