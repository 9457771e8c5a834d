import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startedAt, testServer } from './test-server.ts'

const now = new Date(startedAt).toISOString()

test('what waits for a user, and who put how much, is told', async () => {
  await using server = await testServer()
  const queue = await server.ask('GET', '/v1/users/u/queue?scene=home')
  assert.equal(queue.status, 200)
  assert.deepEqual(queue.json, {
    ...{ user: 'u', scene: 'home', channel: '', lastBatch: 0, entries: [] },
  })
  await server.engine.putItems([{ id: 'a' }])
  await server.engine.recommend({ user: 'u', scene: 'home', size: 1 })
  assert.deepEqual((await server.ask('GET', '/v1/grants')).json, {
    grants: [
      {
        ...{ writer: 'popular', scene: 'home', segment: '', asked: 1, granted: 1, denied: {} },
        lastGrantedAt: now,
      },
    ],
  })
})

test('a parameter is looked at, changed, and put back over HTTP', async () => {
  await using server = await testServer()
  const path = '/v1/parameters/blend.quota'
  const check = await server.ask('POST', `${path}:check`, { value: 30 })
  assert.deepEqual(
    [check.status, check.json],
    [200, { changes: [{ path: '', before: 20, after: 30 }] }],
  )
  await server.ask('PUT', path, { value: 30, by: 'olga' })
  const back = await server.ask('POST', `${path}:rollback`, { version: 0, by: 'ivan' })
  assert.equal(back.status, 200)
  const { json } = await server.ask('GET', `${path}/history`)
  const changes = (before: number, after: number) => [{ path: '', before, after }]
  assert.deepEqual(json, {
    versions: [
      { version: 2, value: 20, at: now, by: 'ivan', changes: changes(30, 20) },
      { version: 1, value: 30, at: now, by: 'olga', changes: changes(20, 30) },
      { version: 0, value: 20, changes: [] },
    ],
  })
  assert.equal((await server.ask('POST', `${path}:rollback`, { version: 9 })).status, 400)
})
