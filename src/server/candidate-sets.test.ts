import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startedAt, testServer } from './test-server.ts'

test('sets, what they hold, and how an item stands are told with every number', async () => {
  await using server = await testServer()
  await server.engine.putItems([{ id: 'i1', attributes: {} }])
  await server.engine.track([{ id: 'e', type: 'like', user: 'u', item: 'i1' }])
  const refreshedAt = new Date(startedAt).toISOString()
  const { json } = await server.ask('GET', '/v1/sets')
  assert.deepEqual(json, {
    sets: [
      {
        ...{ name: 'hot', kind: 'hot', description: 'Acted on most.', settings: { hours: 24 } },
        ...{ capacity: 100, refreshMs: 60_000, size: 1, refreshedAt },
      },
    ],
  })
  const held = await server.ask('GET', '/v1/sets/hot?channel=news&size=1')
  assert.deepEqual(held.json, {
    ...{ name: 'hot', channel: 'news', refreshedAt },
    items: [{ id: 'i1', title: 'i1', score: 1 }],
  })
  assert.equal((await server.ask('GET', '/v1/sets/cold')).status, 404)
  assert.equal((await server.ask('GET', '/v1/sets/hot?size=1001')).status, 400)

  const standing = await server.ask('GET', '/v1/items/i1/standing')
  assert.deepEqual(standing.json, {
    item: 'i1',
    windows: [{ hours: 24, counts: { like: 1, click: 0 } }],
    hourly: [...new Array(23).fill(0), 1],
    sets: [{ name: 'hot', channel: '', rank: 0, score: 1 }],
  })
  assert.equal((await server.ask('GET', '/v1/items/nobody/standing')).status, 404)
})
