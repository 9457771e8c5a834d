import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idsOf, openWorld } from './world.ts'

test('an anonymous visitor logs in, and is known as one person from then on', async () => {
  await using world = await openWorld()
  const { engine } = world
  const known = await world.page('ann', { size: 5 })
  await engine.track([{ type: 'like', user: 'ann', item: known.items[0]!.id }])
  world.clock.advance(1_000)
  const visited = await world.page('visitor-1')
  const [first, second, third, fourth] = visited.items
  await engine.track([{ type: 'click', user: 'visitor-1', item: first!.id, token: first!.token }])
  world.clock.advance(1_000)

  await engine.mergeUsers('visitor-1', 'ann')

  // One history, under either name.
  const deeds = [first!.id, known.items[0]!.id]
  for (const name of ['ann', 'visitor-1']) {
    assert.deepEqual(
      (await engine.history(name, 10)).map(({ item }) => item),
      deeds,
    )
  }
  assert.equal((await engine.user('visitor-1'))?.mergedInto, 'ann')

  // What either saw comes to neither.
  const before = new Set(idsOf(known, visited))
  const rest = [await world.page('ann', { size: 30 }), await world.page('visitor-1', { size: 30 })]
  assert.equal(idsOf(...rest).length, 60 - before.size)
  assert.deepEqual(
    idsOf(...rest).filter((id) => before.has(id)),
    [],
  )

  // The page of before is still on the screen: its tokens hold for both names, and for nobody else.
  const click = (user: string, { id, token }: { id: string; token: string }) => ({
    type: 'click',
    user,
    item: id,
    token,
  })
  const tracked = await engine.track([
    click('ann', second!),
    click('visitor-1', third!),
    click('bob', fourth!),
  ])
  assert.equal(tracked.accepted, 2)
  assert.deepEqual(
    tracked.rejected.map(({ index, field }) => [index, field]),
    [[2, 'token']],
  )
  const names = (await engine.history('ann', 10)).map(({ item }) => item)
  assert.deepEqual(names, [third!.id, second!.id, ...deeds])

  // All of it is ann's when she asks for it.
  const { events } = await engine.exportUser('ann')
  assert.deepEqual((await engine.exportUser('visitor-1')).events, events)
  const told = new Map<unknown, number>()
  for (const event of events as readonly { readonly type?: unknown }[]) {
    told.set(event.type, (told.get(event.type) ?? 0) + 1)
  }
  assert.deepEqual([told.get('action'), told.get('served'), told.get('merge')], [4, 4, 1])
})

test('a merge cannot go in a circle, and outlives the process', async () => {
  await using world = await openWorld()
  await world.engine.mergeUsers('phone', 'visitor')
  await world.engine.mergeUsers('visitor', 'ann')
  await assert.rejects(world.engine.mergeUsers('ann', 'visitor'), /failed_precondition.*circle/)
  await assert.rejects(world.engine.mergeUsers('ann', 'ann'), /must be another user/)
  await world.reopen()
  await world.engine.track([{ type: 'click', user: 'phone', item: 'film-03' }])
  assert.equal((await world.engine.history('ann', 1))[0]?.item, 'film-03')
})
