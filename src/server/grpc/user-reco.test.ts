import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { itemIdOf, startedAt, testServer } from '../test-server.ts'
import { serviceOf } from './load-proto.ts'

// A copy of the contract as its clients have it: if ours moved a field, these tests would fail.
const contract = `syntax = "proto3";
message User {
  string user_id = 1; int32 channel_id = 2; int32 article_num = 3; int64 time_stamp = 4;
}
message Article { int64 article_id = 1; int32 article_num = 2; }
message param2 { string click = 1; string collect = 2; string share = 3; string read = 4; }
message param1 { int64 article_id = 1; param2 params = 2; }
message Track { string exposure = 1; repeated param1 recommends = 2; int64 time_stamp = 3; }
message Similar { repeated int64 article_id = 1; }
service UserRecommend {
  rpc user_recommend(User) returns (Track) {}
  rpc article_recommend(Article) returns (Similar) {}
}`

interface Track {
  readonly exposure: string
  readonly recommends: readonly { article_id: string; params: Readonly<Record<string, string>> }[]
  readonly time_stamp: string
}

function clientOf(target: string) {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'))
  writeFileSync(join(folder, 'n.proto'), contract)
  const options = { longs: String, keepCase: true, defaults: true }
  const service = serviceOf(loadSync(join(folder, 'n.proto'), options), 'UserRecommend')
  rmSync(folder, { recursive: true })
  const client = new Client(target, credentials.createInsecure())
  const call = <Answer>(name: string, request: object, headings: Record<string, string> = {}) => {
    const { path, requestSerialize, responseDeserialize } = service[name]!
    const metadata = new Metadata()
    for (const [key, value] of Object.entries(headings)) metadata.set(key, value)
    return new Promise<Answer>((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: Answer) =>
        error ? reject(error) : resolve(answer!)
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, done)
    })
  }
  return {
    feed: (request: object, headings?: Record<string, string>) =>
      call<Track>('user_recommend', request, headings),
    similar: (request: object) => call<{ article_id: string[] }>('article_recommend', request),
    [Symbol.dispose]: () => client.close(),
  }
}

const user_id = '1115629498121846784'
const ids = ({ recommends }: Track) => recommends.map(({ article_id }) => article_id)

test('refreshes are new, and paging back by stamps shows each page as it was', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const pages: Track[] = []
  for (let count = 0; count < 3; count++) {
    server.clock.advance(1000)
    pages.push(await client.feed({ user_id, time_stamp: server.clock.now(), article_num: 5 }))
  }
  const [first, second, third] = pages as [Track, Track, Track]
  assert.deepEqual(
    pages.map(({ time_stamp }) => Number(time_stamp)),
    [0, startedAt + 1000, startedAt + 2000],
  )
  assert.equal(new Set(pages.flatMap(ids)).size, 15)

  const back = await client.feed({ user_id, time_stamp: third.time_stamp })
  assert.deepEqual([ids(back), back.exposure], [ids(second), ''])
  assert.equal(back.time_stamp, second.time_stamp)
  const oldest = await client.feed({ user_id, time_stamp: back.time_stamp })
  assert.deepEqual([ids(oldest), oldest.time_stamp], [ids(first), '0'])
  const end = await client.feed({ user_id, time_stamp: oldest.time_stamp })
  assert.deepEqual(end, { exposure: '', recommends: [], time_stamp: '0' })
})

test('what is to be logged is JSON with texts only, ready to be logged as it is', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const page = await client.feed({ user_id, article_num: 2, time_stamp: server.clock.now() })
  assert.deepEqual(JSON.parse(page.exposure), {
    action: 'exposure',
    userId: user_id,
    articleId: [itemIdOf(0), itemIdOf(1)],
    algorithmCombine: 'popular',
  })
  for (const action of ['click', 'collect', 'share', 'read']) {
    assert.deepEqual(JSON.parse(page.recommends[1]!.params[action]!), {
      action,
      userId: user_id,
      articleId: itemIdOf(1),
      algorithmCombine: 'popular',
      token: 'request-1.1',
    })
  }
})

test('a channel by number is a feed of its own', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const page = await client.feed({ user_id, channel_id: 18, time_stamp: server.clock.now() })
  assert.deepEqual(
    ids(page),
    Array.from({ length: 10 }, (_, index) => itemIdOf(index * 2)),
  )
  const home = await client.feed({ user_id, time_stamp: server.clock.now() + 1 })
  assert.equal(home.time_stamp, '0')
})

test('ids that are no int64 are kept out, and none is rounded', async () => {
  await using server = await testServer({ itemCount: 3 })
  await server.engine.putItems([{ id: 'tt0111161' }, { id: '007' }, { id: '9223372036854775807' }])
  using client = clientOf(server.target)
  const page = await client.feed({ user_id, time_stamp: server.clock.now() })
  assert.deepEqual(new Set(ids(page)), new Set([...[0, 1, 2].map(itemIdOf), '9223372036854775807']))
  await server.ask('GET', '/v1/scenes/home/feed?user=other')
  const back = await client.feed({ user_id: 'other', time_stamp: server.clock.now() })
  assert.equal(back.recommends.length, 4)
})

test('zero articles are ten, and more than a hundred or fewer than none are refused', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const page = await client.feed({ user_id, article_num: 0, time_stamp: server.clock.now() })
  assert.equal(page.recommends.length, 10)
  for (const wrong of [
    { user_id, article_num: 101 },
    { user_id, article_num: -1 },
    { user_id, channel_id: -1 },
    { user_id, time_stamp: '-5' },
  ]) {
    await assert.rejects(client.feed(wrong), { code: status.INVALID_ARGUMENT })
  }
})

test('seconds for milliseconds still lead to the right page', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  await client.feed({ user_id, time_stamp: server.clock.now() / 1000 })
  const later = await client.feed({ user_id, time_stamp: server.clock.now() / 1000 + 1 })
  assert.equal(Number(later.time_stamp), startedAt)
})

test('with nothing left to show the page is empty and the past can still be reached', async () => {
  await using server = await testServer({ itemCount: 3 })
  using client = clientOf(server.target)
  const first = await client.feed({ user_id, time_stamp: server.clock.now() })
  server.clock.advance(1000)
  const empty = await client.feed({ user_id, time_stamp: server.clock.now() })
  assert.deepEqual([ids(empty), Number(empty.time_stamp)], [[], startedAt])
  const back = await client.feed({ user_id, time_stamp: startedAt })
  assert.deepEqual(ids(back), ids(first))
})

test('an anonymous device has a feed and a history of its own', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const phone = { 'x-device-id': 'phone-1' }
  const tablet = { 'x-device-id': 'tablet-2' }
  const first = await client.feed({ time_stamp: server.clock.now() }, phone)
  const other = await client.feed({ time_stamp: server.clock.now() }, tablet)
  assert.deepEqual(ids(first), ids(other))
  const back = await client.feed({ time_stamp: server.clock.now() }, phone)
  assert.deepEqual([ids(back), back.exposure], [ids(first), ''])
  assert.equal(JSON.parse(first.exposure).userId, 'anonymous-device-phone-1')
  const long = { 'x-device-id': 'x'.repeat(201) }
  await assert.rejects(client.feed({}, long), { code: status.INVALID_ARGUMENT })
})

test('an anonymous user without a device is the connection, which keeps its history', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const first = await client.feed({ time_stamp: server.clock.now() })
  server.clock.advance(1000)
  const second = await client.feed({ time_stamp: server.clock.now() })
  assert.equal(Number(second.time_stamp), startedAt)
  assert.equal(new Set([...ids(first), ...ids(second)]).size, 20)
  assert.equal(JSON.parse(first.exposure).userId, JSON.parse(second.exposure).userId)
})

test('similar articles are listed, and for an unknown one there are none', async () => {
  await using server = await testServer()
  using client = clientOf(server.target)
  const { article_id } = await client.similar({ article_id: itemIdOf(0), article_num: 5 })
  assert.deepEqual(article_id, [1, 2, 3, 4, 5].map(itemIdOf))
  assert.deepEqual(await client.similar({ article_id: '42' }), { article_id: [] })
})
