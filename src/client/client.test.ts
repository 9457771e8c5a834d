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

/** A server that answers with each of these in turn: a status, or nothing at all. */
function fickle(answers: readonly (number | 'lost' | 'silent')[]) {
  let asked = 0
  const answer: typeof fetch = (_url, init) => {
    const status = answers[asked++] ?? 200
    if (status === 'lost') return Promise.reject(new TypeError('fetch failed'))
    if (status === 'silent') {
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    }
    const error = { code: status === 429 ? 'resource_exhausted' : 'unavailable', message: 'no' }
    const headers = { 'retry-after': '0' }
    return Promise.resolve(Response.json(status === 200 ? {} : { error }, { status, headers }))
  }
  const client = createClient({ base: 'http://server', fetch: answer, retryMs: 0, timeLimitMs: 20 })
  return { client, asked: () => asked }
}

test('what may be asked again is asked again while the trouble looks like passing', async () => {
  const { client, asked } = fickle(['lost', 503])
  await client.status({})
  assert.equal(asked(), 3)
  const away = fickle(['lost', 'lost', 'lost'])
  await assert.rejects(away.client.status({}), { code: 'unavailable' })
  assert.equal(away.asked(), 3)
})

test('a page or a report whose answer was lost is not asked for again, one refused is', async () => {
  for (const trouble of ['lost', 503] as const) {
    const { client, asked } = fickle([trouble])
    await assert.rejects(client.feed({ scene: 'home', user: '7' }), { code: 'unavailable' })
    assert.equal(asked(), 1)
  }
  const { client, asked } = fickle([429])
  await client.track({ events: [] })
  assert.equal(asked(), 2)
})

test('each attempt has its time, and one who gave up waits no more', async () => {
  const { client, asked } = fickle(['silent'])
  await assert.rejects(client.status({}), { code: 'deadline_exceeded' })
  assert.equal(asked(), 1)
  const gaveUp = new AbortController()
  const waiting = fickle(['silent']).client.status(
    {},
    { signal: gaveUp.signal, timeLimitMs: Number.POSITIVE_INFINITY },
  )
  gaveUp.abort()
  await assert.rejects(waiting, { code: 'canceled' })
})

test('a page of somebody else is no answer, though its status says so', async () => {
  const portal = () => Promise.resolve(new Response('<html>Welcome to the café</html>'))
  const client = createClient({ base: 'http://server', fetch: portal, retries: 0 })
  await assert.rejects(client.track({ events: [] }), /\[unavailable\] the answer is no JSON/)
})
