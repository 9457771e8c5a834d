import assert from 'node:assert/strict'
import { readdir, rm } from 'node:fs/promises'
import { test } from 'node:test'
import { filmIds, idsOf, minuteMs, openWorld, until, type World } from './world.ts'

const logBytesMax = 64 * 1024

/** Clicks by many, each with an id of its own; the same `round` gives the same ids. */
function clicks(round: number): readonly object[] {
  return Array.from({ length: 400 }, (_, index) => ({
    id: `${round}.${index}`,
    type: 'click',
    user: `reader-${index % 30}`,
    item: filmIds[(index * 7 + round) % filmIds.length],
  }))
}

/** What one can ask of an engine without changing it. */
async function answers(world: World): Promise<unknown> {
  const { engine } = world
  const names = ['ann', 'reader-3', 'reader-17']
  return {
    histories: await Promise.all(names.map((name) => engine.history(name, 100))),
    states: (await Promise.all(names.map((name) => engine.exportUser(name)))).map(
      (all) => all.state,
    ),
    similar: idsOf(await engine.similar({ item: 'film-30', size: 50 })),
    pages: await world.pagesBack('ann', 'b2'),
    parameters: await engine.parameters(),
    items: engine.status().items,
  }
}

test('the log is bounded, and state and log together are still all there is', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  await using world = await openWorld({ logBytesMax })
  await world.engine.setParameter('blend', { fresh: 0.2 }, 'olga')
  await world.engine.withdrawItem('film-59')
  const first = [await world.page('ann'), await world.page('ann')]
  for (let round = 0; round < 4; round++) {
    world.clock.advance(minuteMs)
    assert.equal((await world.engine.track(clicks(round))).accepted, 400)
    // Now and then the engine looks after its log.
    t.mock.timers.tick(minuteMs)
    const isLarge = () => world.engine.status().logBytes > logBytesMax
    await until(() => !isLarge())
    assert.ok(!isLarge(), `${world.engine.status().logBytes} bytes are kept`)
  }
  assert.ok(world.engine.status().logBytes > logBytesMax / 2, 'no more is forgotten than must be')
  assert.ok((await readdir(world.folder)).includes('snapshot.bin'))
  // After the snapshot life goes on.
  await world.engine.track([{ id: 'late', type: 'like', user: 'ann', item: 'film-11' }])
  const before = await answers(world)

  // The state is lost: snapshot and log give all of it again.
  await world.close()
  await rm(world.engine.home.state, { recursive: true })
  await world.reopen()
  assert.deepEqual(await answers(world), before)

  // What was seen stays seen, what happened has happened, what was withdrawn stays away.
  const repeated = await world.engine.track([...clicks(0), { ...clicks(3)[5] }])
  assert.deepEqual([repeated.accepted, repeated.duplicates], [0, 401])
  const rest = await world.page('ann', { size: 100 })
  const gone = new Set([...idsOf(...first), 'film-59', 'film-11'])
  assert.deepEqual(
    [...idsOf(rest)].sort(),
    filmIds.filter((id) => !gone.has(id)),
  )
})
