import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startedAt, testServer } from './test-server.ts'

test('who follows the log is told with every number that an operator asks for', async () => {
  await using server = await testServer()
  await server.engine.track([{ id: 'e', type: 'like', user: 'u', item: 'i1' }])
  const { status, json } = await server.ask('GET', '/v1/streams')
  assert.equal(status, 200)
  assert.deepEqual(json, {
    streams: [
      {
        ...{ group: 'state', description: 'Events in memory.' },
        ...{ checkpoint: 1, checkpointAt: new Date(startedAt).toISOString() },
        ...{ position: 1, head: 1, lag: 0, lagMs: 0, eventsPerSecond: 0, held: false },
        members: [{ member: 'engine', partitions: [0], position: 1, lag: 0 }],
      },
    ],
  })
})
