import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../error.ts'
import { itemIdOf, testServer } from '../server/test-server.ts'
import { createClient } from './client.ts'

test('a page comes with the types and values that the server gave', async () => {
  await using server = await testServer()
  const client = createClient(server)
  const page = await client.feed({
    scene: 'home',
    user: 'someone: with/odd signs%',
    size: 3,
    exclude: [itemIdOf(0), itemIdOf(1)],
    context: { device: 'ios', 'place name': 'a&b=c' },
    items: true,
  })
  assert.deepEqual(
    page.items.map(({ id }) => id),
    [itemIdOf(2), itemIdOf(3), itemIdOf(4)],
  )
  assert.equal(page.items[0]?.item?.attributes['title'], 'Film 2, the')
  assert.equal(page.items[0]?.item?.availableFrom, '2020-01-01T00:00:00.000Z')
  assert.equal(page.servedAt, '2024-05-01T00:00:00.000Z')
})

test('every operation reaches its handler, ids with colons and slashes included', async () => {
  await using server = await testServer()
  const client = createClient(server)
  const id = 'a:b/c?d'
  assert.equal((await client.putItem({ id, attributes: { year: 1 } })).accepted, 1)
  assert.deepEqual((await client.getItem({ id })).attributes, { year: 1 })
  assert.equal((await client.similar({ id, size: 2 })).items.length, 2)
  assert.equal((await client.shelves({ user: id, size: 2 })).shelves[0]?.items.length, 2)
  assert.equal((await client.putUser({ id, attributes: { age: 3 } })).accepted, 1)
  assert.deepEqual(await client.mergeUsers({ id, from: 'x:merge' }), { from: 'x:merge', into: id })
  assert.deepEqual((await client.getUser({ id: 'x:merge' })).mergedInto, id)
  await client.track({ events: [{ type: 'rate', user: id, item: id, value: 4 }] })
  assert.equal((await client.userHistory({ id, size: 5 })).actions[0]?.action, 'rate')
  assert.equal((await client.exportUser({ id })).events.length, 1)
  assert.equal((await client.eraseUser({ id })).eventsErased, 1)
  const { requestId } = await client.feed({ scene: 'channel:18', user: id })
  assert.equal((await client.explain({ requestId })).user, id)
  assert.equal((await client.whyNot({ scene: 'home', user: id, item: id })).outcome, 'outranked')
  assert.equal((await client.setParameter({ name: 'blend.quota', value: 5 })).by, 'open')
  assert.equal((await client.listParameters({})).parameters[0]?.value, 5)
  assert.deepEqual((await client.listModels({})).models, [])
  assert.equal((await client.listScenes({})).scenes.length, 2)
  assert.equal((await client.status({})).items, 41)
  assert.deepEqual(await client.deleteItem({ id }), { id, withdrawn: true })
})

test('an error of the server is thrown as it was told', async () => {
  await using server = await testServer()
  const client = createClient(server)
  await assert.rejects(client.feed({ scene: 'home', user: '7', size: 0 }), (error) => {
    assert(error instanceof StarlingError)
    assert.equal(error.code, 'invalid_argument')
    assert.equal(error.field, 'size')
    assert.equal(error.message, '[invalid_argument] size 0 must be >= 1 and <= 100')
    return true
  })
  await assert.rejects(client.getItem({ id: 'none' }), { code: 'not_found' })
})

test('a server that is away, and a caller who gave up, are told apart', async () => {
  const server = await testServer()
  const client = createClient(server)
  const gaveUp = AbortSignal.abort()
  await assert.rejects(client.status({}, { signal: gaveUp }), { code: 'canceled' })
  await server.close()
  await assert.rejects(client.status({}), { code: 'unavailable' })
})
