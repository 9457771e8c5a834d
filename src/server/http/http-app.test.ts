import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { assertError } from '../assert-error.ts'
import { itemIdOf, type TestServer, testServer } from '../test-server.ts'

const feed = '/v1/scenes/home/feed?user=7'

test('a page has exactly the described fields, and may not be cached', async () => {
  await using server = await testServer()
  const { status, headers, json } = await server.ask('GET', `${feed}&size=1&items=1`)
  assert.equal(status, 200)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.deepEqual(json, {
    requestId: 'request-1',
    batchId: 1,
    scene: 'home',
    channel: '',
    delivery: 'now',
    servedAt: '2024-05-01T00:00:00.000Z',
    items: [
      {
        id: itemIdOf(0),
        position: 0,
        token: 'request-1.0',
        score: 0,
        sources: ['popular'],
        item: {
          id: itemIdOf(0),
          attributes: { title: 'Film 0, the', year: 1990, genres: ['Comedy', 'g0'] },
          channels: ['18'],
          availableFrom: '2020-01-01T00:00:00.000Z',
          withdrawn: false,
        },
      },
    ],
    older: null,
  })
})

test('a cursor leads to the page before as it was shown, and takes no filter', async () => {
  await using server = await testServer()
  const first = await server.ask('GET', `${feed}&size=3`)
  const second = await server.ask('GET', `${feed}&size=3`)
  const back = await server.ask('GET', `${feed}&cursor=${second.json.older}`)
  assert.deepEqual(back.json.items, first.json.items)
  assert.equal(back.json.delivery, 'history')
  const filtered = await server.ask('GET', `${feed}&cursor=${second.json.older}&filter=a`)
  assertError(filtered, 400, 'invalid_argument')
  assert.equal(filtered.json.error.field, 'filter')
})

test('a page of shelves holds rows, with the ranges of what may be asked', async () => {
  await using server = await testServer()
  const { status, json } = await server.ask('GET', '/v1/shelves?user=7&count=2&size=3&items=1')
  assert.equal(status, 200)
  assert.equal(json.servedAt, '2024-05-01T00:00:00.000Z')
  assert.deepEqual(
    json.shelves.map(({ kind, value, items }) => [kind, value, items.length]),
    [
      ['top', undefined, 3],
      ['value', 'Comedy', 3],
    ],
  )
  assert.equal(json.shelves[0]?.items[0]?.item?.attributes['title'], 'Film 0, the')
  for (const [query, field] of [
    ['', 'user'],
    ['user=7&count=21', 'count'],
    ['user=7&size=41', 'size'],
    ['user=7&attribute=', 'attribute'],
    ['user=7&rows=3', 'rows'],
  ]) {
    const refused = await server.ask('GET', `/v1/shelves?${query}`)
    assertError(refused, 400, 'invalid_argument')
    assert.equal(refused.json.error.field, field)
  }
})

test('a model is chosen for a new page, and has no place beside a cursor', async () => {
  await using server = await testServer()
  const { json } = await server.ask('GET', `${feed}&size=3&model=popular`)
  assert.equal(json.items.length, 3)
  const older = await server.ask('GET', `${feed}&cursor=older-1&model=popular`)
  assertError(older, 400, 'invalid_argument')
  assert.equal(older.json.error.field, 'model')
})

test('partial success is a success, and tells the bad rows apart', async () => {
  await using server = await testServer()
  const good = { id: 'e1', type: 'click', user: '7', item: itemIdOf(0) }
  const { status, json } = await server.ask('POST', '/v1/events', {
    events: [good, good, null, { type: 'no-such', user: '7' }, { user: '7' }],
  })
  assert.equal(status, 200)
  assert.equal(json.accepted, 1)
  assert.equal(json.duplicates, 1)
  assert.deepEqual(
    json.rejected.map(({ index, code }) => [index, code]),
    [2, 3, 4].map((index) => [index, 'invalid_argument']),
  )
})

test('a single item that is refused is an error of the whole request', async () => {
  await using server = await testServer()
  const answer = await server.ask('PUT', '/v1/items/a', { attributes: { year: { number: 'x' } } })
  assertError(answer, 400, 'invalid_argument')
  assert.equal(answer.json.error.field, 'attributes.year.number')
})

test('no body, however hostile, is a failure of ours', async () => {
  await using server = await testServer()
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const bodies = [
    ...['', '{', '[]', '5', 'null', '"text"', '{"events":5}', '{"events":{}}', '{"events":[null]}'],
    ...['{"events":[{"type":"click","user":{"$gt":""},"item":"1"}]}', `{"events":${deep}}`],
    ...[
      '{"events":[],"__proto__":{"a":1}}',
      '{"events":[{"__proto__":1}]}',
      '\u0000',
      '{"a":1e999}',
    ],
    ...['{"events":[{"type":"rate","user":"7","item":"1","value":1e999}]}', '{"events":[[[]]]}'],
    ...[
      '{"events":[{"type":"click","user":"\\ud800","item":"1"}]}',
      '{"constructor":{"prototype":1}}',
    ],
  ]
  const paths = ['/v1/events', '/v1/items:batch', '/v1/users:batch', '/v1/users/7:merge']
  for (const path of [...paths, '/v1/scenes/home:explain', '/v1/models/x:train']) {
    for (const body of bodies) {
      const { status, json } = await server.ask('POST', path, body)
      assert(status < 500, `${status} for ${body.slice(0, 60)} at ${path}`)
      assert(status === 200 || json.error.message.startsWith(`[${json.error.code}] `))
    }
  }
  for (const body of bodies) {
    const { status } = await server.ask('PUT', '/v1/parameters/blend.quota', body)
    assert(status < 500, `${status} for ${body.slice(0, 60)}`)
  }
  assert.deepEqual(server.reports, [])
})

test('a body that is too large, or of another type, is refused before it is read', async () => {
  await using server = await testServer()
  const large = await server.ask('POST', '/v1/events', ' '.repeat(8 * 2 ** 20 + 1))
  assertError(large, 413, 'invalid_argument')
  assert.match(large.json.error.message, /at most 8388608 bytes/)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assertError(await server.ask('POST', '/v1/events', 'a=b', form), 415, 'invalid_argument')
  assertError(
    await server.ask('POST', '/v1/events', 'text', { 'content-type': 'text/plain' }),
    415,
    'invalid_argument',
  )
})

test('an address that is not there, or takes another method, says so', async () => {
  await using server = await testServer()
  assertError(await server.ask('GET', '/v2/feed'), 404, 'not_found')
  assertError(await server.ask('POST', '/'), 404, 'not_found')
  const wrong = await server.ask('GET', '/v1/events')
  assertError(wrong, 405, 'invalid_argument')
  assert.equal(wrong.headers.get('allow'), 'POST, OPTIONS')
  assertError(await server.ask('GET', '/v1/items/%zz'), 400, 'invalid_argument')
  assertError(await server.ask('GET', `/v1/items/${'x'.repeat(300)}`), 400, 'invalid_argument')
  assertError(await server.ask('GET', `/v1/items/${'x'.repeat(5000)}`), 414, 'invalid_argument')
})

test('HEAD uses up no page, and OPTIONS tells the methods', async () => {
  await using server = await testServer()
  assert.equal((await server.ask('HEAD', feed)).status, 405)
  assert.equal((await server.ask('GET', feed)).json.batchId, 1)
  assert.equal((await server.ask('HEAD', `/v1/items/${itemIdOf(0)}`)).status, 200)
  const options = await server.ask('OPTIONS', feed)
  assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, OPTIONS'])
})

test('a failure nobody foresaw is told to the operator and hidden from the caller', async () => {
  const secret = new Error('the password is 1234')
  const wrap = (engine: TestServer['engine']): TestServer['engine'] => ({
    ...engine,
    recommend: () => Promise.reject(secret),
  })
  await using server = await testServer({ wrap })
  const answer = await server.ask('GET', feed)
  assertError(answer, 500, 'internal')
  assert(!answer.text.includes('1234'))
  assert.deepEqual(server.reports, [secret])
})

test('a caller who goes away aborts the request', async () => {
  const aborted = deferred()
  const started = deferred()
  const wrap = (engine: TestServer['engine']): TestServer['engine'] => ({
    ...engine,
    recommend: (asked) =>
      new Promise((_, reject) => {
        asked.signal?.addEventListener('abort', () => {
          aborted.resolve()
          reject(asked.signal?.reason)
        })
        started.resolve()
      }),
  })
  await using server = await testServer({ wrap })
  const asked = request(server.base + feed).on('error', () => {})
  asked.end()
  await started.promise
  asked.destroy()
  await aborted.promise
  await server.close()
  assert.deepEqual(server.reports, [])
})

function deferred() {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve: () => resolve() }
}

test('who waits for the answer to a body is still there', async () => {
  await using server = await testServer({
    wrap: (engine) => ({
      ...engine,
      async queryLake({ signal }) {
        // A signal that aborts with the end of the body does so within a turn or two.
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
        return { columns: [], rows: [], truncated: signal?.aborted ?? true, durationMs: 0 }
      },
    }),
  })
  const { status, text } = await server.ask('POST', '/v1/lake:query', { sql: 'SELECT 1' })
  assert.equal(status, 200)
  assert.deepEqual(JSON.parse(text).truncated, false)
})

test('the figures count requests, pages and events', async () => {
  await using server = await testServer()
  await server.ask('GET', `${feed}&size=5`)
  await server.ask('GET', `${feed}&size=0`)
  const click = { id: 'e1', type: 'click', user: '7', item: itemIdOf(0) }
  await server.ask('POST', '/v1/events', { events: [click, click, {}] })
  const { text, headers } = await server.ask('GET', '/metrics')
  assert.match(headers.get('content-type') ?? '', /^text\/plain/)
  const route = 'route="GET /v1/scenes/{scene}/feed"'
  for (const line of [
    `starling_request_duration_seconds_count{${route},status="200"} 1`,
    `starling_request_duration_seconds_count{${route},status="400"} 1`,
    'starling_feed_items_sum{scene="home",delivery="now"} 5',
    'starling_events_total{outcome="accepted"} 1',
    'starling_events_total{outcome="duplicate"} 1',
    'starling_events_total{outcome="invalid_argument"} 1',
    'starling_stream_lag_events{group="state"} 0',
    'starling_stream_lag_seconds{group="state"} 0',
  ]) {
    assert(text.includes(`${line}\n`), `${line} is missing`)
  }
  assert.match(text, /nodejs_eventloop_lag_p99_seconds [\d.e-]+\n/)
  assert.match(text, /process_resident_memory_bytes \d+\n/)
})

test('it is alive at once, and ready when the engine is', async () => {
  let ready = false
  await using server = await testServer({ ready: () => ready })
  assert.equal((await server.ask('GET', '/healthz')).status, 200)
  const notYet = await server.ask('GET', '/readyz')
  assertError(notYet, 503, 'unavailable')
  assert.equal(notYet.headers.get('retry-after'), '1')
  assert.deepEqual(server.reports, [])
  ready = true
  assert.equal((await server.ask('GET', '/readyz')).status, 200)
})

test('a foreign page may ask only where its origin is named', async () => {
  await using closed = await testServer()
  const origin = { origin: 'https://shop.example' }
  const allowed = 'access-control-allow-origin'
  assert.equal((await closed.ask('GET', feed, undefined, origin)).headers.get(allowed), null)
  await using open = await testServer({ corsOrigins: ['https://shop.example'] })
  assert.equal(
    (await open.ask('GET', feed, undefined, origin)).headers.get(allowed),
    'https://shop.example',
  )
  const preflight = await open.ask('OPTIONS', '/v1/events', undefined, origin)
  assert.equal(preflight.status, 204)
  assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/)
  const stranger = await open.ask('GET', feed, undefined, { origin: 'https://other.example' })
  assert.equal(stranger.headers.get(allowed), null)
})
