import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idsOf, openWorld } from './world.ts'

test('two phones of one person share a feed and never an item', async () => {
  await using world = await openWorld()
  const pages = []
  for (let turn = 0; turn < 3; turn++) {
    // Both refresh at the same moment.
    pages.push(
      ...(await Promise.all([world.page('ann', { size: 7 }), world.page('ann', { size: 7 })])),
    )
  }
  assert.equal(new Set(idsOf(...pages)).size, 6 * 7)
  const newestFirst = [...pages].sort((one, other) => other.batchId - one.batchId)
  assert.deepEqual(
    newestFirst.map(({ batchId }) => batchId),
    [6, 5, 4, 3, 2, 1],
  )
  const times = newestFirst.map(({ servedAt }) => servedAt)
  assert.deepEqual(
    times,
    [...new Set(times)].sort((one, other) => other - one),
  )

  // Each phone goes back from where it is, and sees what the other one was shown as well.
  for (const here of newestFirst) {
    const back = await world.pagesBack('ann', here.older)
    const before = newestFirst.filter(({ batchId }) => batchId < here.batchId)
    assert.deepEqual(
      back.map(({ batchId, items, servedAt }) => ({ batchId, items, servedAt })),
      before.map(({ batchId, items, servedAt }) => ({ batchId, items, servedAt })),
    )
  }
})

test('what one phone saw in one scene, the other does not see in another', async () => {
  await using world = await openWorld()
  const scenes = ['home', 'stream', 'for-you', 'home', 'for-you']
  const pages = await Promise.all(scenes.map((scene) => world.page('ann', { scene })))
  pages.push(await world.page('ann', { scene: 'channel', channel: 'film' }))
  assert.equal(idsOf(...pages).length, 60)
  assert.equal(new Set(idsOf(...pages)).size, 60)
})
