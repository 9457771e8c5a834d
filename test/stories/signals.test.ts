import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { test } from 'node:test'
import { openWorld, type World } from './world.ts'

const crowd = Array.from({ length: 6 }, (_, index) => `reader-${index}`)

async function click(world: World, ...items: readonly string[]): Promise<void> {
  for (const item of items) {
    await world.engine.track(crowd.map((user) => ({ type: 'click', user, item })))
    world.clock.advance(1_000)
  }
}

/** What goes with an item because the same people liked both. */
async function together(world: World, item: string): Promise<readonly string[]> {
  const { items } = await world.engine.similar({ item, size: 100 })
  return items.filter(({ sources }) => sources.includes('item-neighbors')).map(({ id }) => id)
}

test('signals are re-weighted while the engine runs', async () => {
  await using world = await openWorld()
  await click(world, 'film-00', 'film-17')
  assert.deepEqual(await together(world, 'film-00'), ['film-17'])

  const signals = (await world.engine.parameters()).find(({ name }) => name === 'signals')
  const value = { ...(signals?.value as object), click: { weight: 0 } }
  await world.engine.setParameter('signals', value, 'olga')
  await click(world, 'film-33', 'film-42')
  assert.deepEqual(await together(world, 'film-33'), [], 'a click is no longer a like')
  assert.deepEqual(await together(world, 'film-00'), ['film-17'], 'what it was, it stays')
  await world.like(crowd.slice(0, 2), ['film-50', 'film-55'])
  assert.ok((await together(world, 'film-50')).includes('film-55'))

  // Built anew from the log, each event is judged by the signals that were in force.
  const answers = () =>
    Promise.all(['film-00', 'film-33', 'film-50'].map((item) => together(world, item)))
  const before = await answers()
  await world.close()
  await rm(world.engine.home.state, { recursive: true })
  await world.reopen()
  assert.deepEqual(await answers(), before)
})
