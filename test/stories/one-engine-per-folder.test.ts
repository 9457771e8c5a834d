import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEngine } from '../../src/engine/create-engine.ts'
import { filmIds, idsOf, openWorld } from './world.ts'

test('another engine in the same folder is refused, and harms nothing', async () => {
  await using world = await openWorld()
  const page = await world.page('ann')
  const { folder } = world
  await assert.rejects(createEngine({ folder, retrain: false }), (error: Error) => {
    assert.match(error.message, /^\[failed_precondition\]/)
    assert.ok(error.message.includes(folder), 'it says which folder')
    return true
  })
  const rest = await world.page('ann', { size: 100 })
  assert.deepEqual([...idsOf(page, rest)].sort(), filmIds)

  // Once the first is closed, the next may have it.
  await world.close()
  await using next = await createEngine({ folder, clock: world.clock, retrain: false })
  const back = await next.older({ user: 'ann', scene: 'home', cursor: page.batchId })
  assert.deepEqual(back.items, page.items)
})
