import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import { type Answer, itemIdOf, testServer } from '../test-server.ts'

function assertRefused({ status, json }: Answer, wanted: number, code: string) {
  assert.equal(status, wanted)
  assert.equal(json.error.code, code)
}

test('many items come in one answer, each once, and those that nobody knows are left out', async () => {
  await using server = await testServer()
  const ids = [itemIdOf(3), 'no-such', itemIdOf(1), itemIdOf(3)]
  const { status, json } = await server.ask('GET', `/v1/items:batch?ids=${ids.join(',')}`)
  assert.equal(status, 200)
  assert.deepEqual(
    json.items.map(({ id }) => id),
    [itemIdOf(3), itemIdOf(1)],
  )
  assert.deepEqual((await server.ask('GET', '/v1/items:batch?ids=')).json.items, [])
  const many = Array.from({ length: 501 }, (_, index) => index).join(',')
  assertRefused(await server.ask('GET', `/v1/items:batch?ids=${many}`), 400, 'invalid_argument')
})

test('a history brings the items with it, where it is asked to', async () => {
  await using server = await testServer()
  const click = { type: 'click', user: '7', item: itemIdOf(0), at: '2024-04-30T23:00:00.000Z' }
  await server.ask('POST', '/v1/events', { events: [click, { ...click, item: 'no-such' }] })
  const history = async (query: string): Promise<readonly { view?: { id: string } }[]> =>
    JSON.parse((await server.ask('GET', `/v1/users/7/history${query}`)).text).actions
  assert.deepEqual(
    (await history('?items=1')).map(({ view }) => view?.id),
    [undefined, itemIdOf(0)],
  )
  assert.deepEqual(
    (await history('')).map(({ view }) => view),
    [undefined, undefined],
  )
})

test('a page about one item, or one user, is one answer', async () => {
  await using server = await testServer()
  const id = itemIdOf(1)
  await server.ask('POST', '/v1/events', {
    events: [{ type: 'like', user: '7', item: id, at: '2024-04-30T23:00:00.000Z' }],
  })
  const about = await server.ask('GET', `/v1/items/${id}/overview?user=7&similar=2&audience=5`)
  const { item, statistics, similar, audience, yours } = JSON.parse(about.text)
  assert.equal(item.id, id)
  assert.deepEqual([statistics.likes, statistics.histogram.length], [1, 10])
  assert.equal(similar.items.length, 2)
  assert.deepEqual(audience, [{ user: '7', at: '2024-04-30T23:00:00.000Z' }])
  assert.equal(yours[0].at, '2024-04-30T23:00:00.000Z')
  assertRefused(await server.ask('GET', '/v1/items/none/overview'), 404, 'not_found')
  const many = await server.ask('GET', `/v1/items/${id}/overview?audience=21`)
  assertRefused(many, 400, 'invalid_argument')

  const whose = await server.ask('GET', '/v1/users/7/overview?recommended=3')
  const user = JSON.parse(whose.text)
  assert.deepEqual(user.statistics, { actions: 1, likes: 0, ratings: 0, tastes: [] })
  assert.equal(user.history[0].view.id, id)
  assert.equal(user.recommended.items.length, 3)
  // Both make a page that counts as shown.
  assert.equal((await server.ask('HEAD', '/v1/users/7/overview')).status, 405)
})

test('the catalogue is listed by pages, and searched', async () => {
  await using server = await testServer()
  const list = async (query: string): Promise<AnswerOf<Service['listItems']>> =>
    JSON.parse((await server.ask('GET', `/v1/items?${query}`)).text)
  const first = await list('size=30&sort=title&facet=genres')
  assert.deepEqual([first.items.length, first.total], [30, 40])
  assert.deepEqual(first.facets, [{ value: 'Comedy', count: 40 }])
  const second = await list(`size=30&sort=title&after=${first.next}`)
  assert.deepEqual([second.items.length, second.next], [10, null])
  assertRefused(await server.ask('GET', '/v1/items?size=101'), 400, 'invalid_argument')

  const found = await server.ask('GET', '/v1/search?q=12')
  assert.deepEqual(JSON.parse(found.text).items[0].item.id, itemIdOf(12))
  assertRefused(await server.ask('GET', '/v1/search?q='), 400, 'invalid_argument')
  assertRefused(await server.ask('GET', '/v1/search'), 400, 'invalid_argument')
})
