import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { PackageDefinition } from '@grpc/proto-loader'
import { operations } from '../../api/service.ts'
import { openKeys } from '../keys.ts'
import { itemIdOf, startedAt, testServer } from '../test-server.ts'
import { healthProto } from './health.ts'
import { loadProto, serviceOf } from './load-proto.ts'
import { starlingProto } from './starling-service.ts'
import { rpcName } from './wire/wire-name.ts'

type Message = Readonly<Record<string, unknown>>
type Call = (method: string, request: Message, headings?: Message) => Promise<Message>

/** A client that knows the .proto file and nothing else of ours. */
function clientOf(target: string, proto = starlingProto(), name = 'starling.v1.Starling') {
  const client = new Client(target, credentials.createInsecure())
  const service = serviceOf(proto, name)
  const call: Call = (method, request, headings = {}) => {
    const { path, requestSerialize, responseDeserialize } = service[method]!
    const metadata = new Metadata()
    for (const [key, value] of Object.entries(headings)) metadata.set(key, String(value))
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: Message) =>
        error ? reject(error) : resolve(answer ?? {})
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, done)
    })
  }
  return { call, client, [Symbol.dispose]: () => client.close() }
}

test('a page over gRPC is the page over HTTP: the same items, times in ms', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  const page = await grpc.call('Feed', {
    scene: 'home',
    user: '7',
    size: 2,
    exclude: [itemIdOf(0)],
    context: { device: 'ios' },
    items: true,
  })
  const { items, served_at_ms, batch_id, older } = page as { items: Message[] } & Message
  assert.deepEqual(
    items.map(({ id }) => id),
    [itemIdOf(1), itemIdOf(2)],
  )
  assert.deepEqual([served_at_ms, batch_id, older], [startedAt, 1, undefined])
  const { attributes, available_from_ms } = items[1]?.['item'] as Message
  assert.equal(available_from_ms, Date.UTC(2020, 0, 1))
  assert.deepEqual((attributes as Message)['year'], { number: 1992, kind: 'number' })
  assert.deepEqual((attributes as Message)['genres'], {
    tags: { values: ['Comedy', 'g2'] },
    kind: 'tags',
  })
  const next = await grpc.call('Feed', { scene: 'home', user: '7' })
  const back = await grpc.call('Feed', { scene: 'home', user: '7', cursor: next['older'] })
  assert.deepEqual(
    (back['items'] as Message[]).map(({ id }) => id),
    items.map(({ id }) => id),
  )
})

test('every type of attribute arrives as what it was sent as', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  const attributes = {
    zero: { number: 0 },
    date: { text: '2024-05-01T00:00:00Z' },
    tags: { tags: { values: ['a'] } },
    when: { time_ms: startedAt },
    where: { geo: { latitude: 0, longitude: 0 } },
    vector: { vector: { values: [0, 0.5] } },
  }
  const { accepted } = await grpc.call('PutItem', { id: 'a', attributes, available_from_ms: 0 })
  assert.equal(accepted, 1)
  const { json } = await server.ask('GET', '/v1/items/a')
  assert.deepEqual(json.attributes, {
    zero: 0,
    date: { text: '2024-05-01T00:00:00Z' },
    tags: ['a'],
    when: '2024-05-01T00:00:00.000Z',
    where: { latitude: 0, longitude: 0 },
    vector: [0, 0.5],
  })
  assert.equal(json.availableFrom, '1970-01-01T00:00:00.000Z')
  const view = await grpc.call('GetItem', { id: 'a' })
  for (const [name, value] of Object.entries(attributes)) {
    const [kind = ''] = Object.keys(value)
    assert.deepEqual((view['attributes'] as Message)[name], { ...value, kind }, name)
  }
})

test('events are judged one by one, and a value of zero is a value', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  const rate = {
    id: 'e',
    type: 'rate',
    user: '7',
    item: itemIdOf(0),
    value: 0,
    at_ms: startedAt - 5,
  }
  const answer = await grpc.call('Track', { events: [rate, rate, { type: 'click' }] })
  assert.deepEqual([answer['accepted'], answer['duplicates']], [1, 1])
  const [rejection] = answer['rejected'] as Message[]
  assert.deepEqual([rejection?.['index'], rejection?.['field']], [2, 'user'])
  const { actions } = (await grpc.call('UserHistory', { id: '7' })) as { actions: Message[] }
  assert.deepEqual([actions[0]?.['value'], actions[0]?.['at_ms']], [0, startedAt - 5])
})

test('a parameter holds any JSON value', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  const set = await grpc.call('SetParameter', { name: 'blend.quota', value: { numberValue: 7 } })
  assert.deepEqual(set['value'], { numberValue: 7, kind: 'numberValue' })
  const refused = grpc.call('SetParameter', { name: 'blend.quota', value: { stringValue: 'x' } })
  await assert.rejects(refused, { code: status.INVALID_ARGUMENT })
})

test('an error has the code of gRPC, our message, and the field in a trailer', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  await assert.rejects(grpc.call('Feed', { scene: 'home', user: '7', size: 101 }), {
    code: status.INVALID_ARGUMENT,
    details: '[invalid_argument] size 101 must be >= 1 and <= 100',
  })
  await assert.rejects(grpc.call('Feed', { scene: 'home' }), (error: ServiceError) => {
    assert.deepEqual(error.metadata.get('starling-field'), ['user'])
    return true
  })
  await assert.rejects(grpc.call('GetItem', { id: 'none' }), { code: status.NOT_FOUND })
})

test('every described operation answers, and export is left to HTTP', async () => {
  await using server = await testServer()
  using grpc = clientOf(server.target)
  for (const [name, { grpc: mirrored }] of operations) {
    if (mirrored === false) continue
    // Without a handler the answer would be UNIMPLEMENTED; without its input it is anything else.
    const outcome = await grpc.call(rpcName(name), {}).catch(({ code }: ServiceError) => code)
    assert.notEqual(outcome, status.UNIMPLEMENTED, name)
  }
  assert.equal(serviceOf(starlingProto(), 'starling.v1.Starling')['ExportUser'], undefined)
})

test('keys guard gRPC as they guard HTTP', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const keys = openKeys(join(folder, 'keys.json'))
  const { secret } = keys.create('serve')
  await using server = await testServer({ keys })
  using grpc = clientOf(server.target)
  await assert.rejects(grpc.call('Status', {}), { code: status.UNAUTHENTICATED })
  await assert.rejects(grpc.call('ListModels', {}, { 'x-api-key': secret }), {
    code: status.PERMISSION_DENIED,
  })
  assert.equal((await grpc.call('Status', {}, { authorization: `Bearer ${secret}` }))['items'], 40)
})

test('both protocols are spoken at the same time on one port, and both are counted', async () => {
  await using server = await testServer({ itemCount: 200 })
  using grpc = clientOf(server.target)
  const pages = await Promise.all(
    Array.from({ length: 20 }, async (_, index): Promise<readonly Message[]> => {
      const page =
        index % 2 === 0
          ? await grpc.call('Feed', { scene: 'home', user: '7' })
          : (await server.ask('GET', '/v1/scenes/home/feed?user=7')).json
      return page.items as readonly Message[]
    }),
  )
  const ids = pages.flat().map(({ id }) => id)
  assert.equal(ids.length, 200)
  assert.equal(new Set(ids).size, 200)
  const { text } = await server.ask('GET', '/metrics')
  assert.match(text, /count\{route="\/starling\.v1\.Starling\/Feed",status="ok"\} 10\n/)
})

test('health says what readyz says, for the server and for each service', async () => {
  let ready = false
  await using server = await testServer({ ready: () => ready })
  using health = clientOf(server.target, healthProto(), 'grpc.health.v1.Health')
  assert.deepEqual(await health.call('Check', { service: '' }), { status: 'NOT_SERVING' })
  ready = true
  for (const service of ['', 'starling.v1.Starling', 'UserRecommend']) {
    assert.deepEqual(await health.call('Check', { service }), { status: 'SERVING' })
  }
  await assert.rejects(health.call('Check', { service: 'x' }), { code: status.NOT_FOUND })
})

test('who watches the health is told the state, its end, and let go', async () => {
  const server = await testServer({ drainMs: 60_000 })
  using health = clientOf(server.target, healthProto(), 'grpc.health.v1.Health')
  const { path, requestSerialize, responseDeserialize } = serviceOf(
    healthProto(),
    'grpc.health.v1.Health',
  )['Watch']!
  const asked = { service: '' }
  const { client } = health
  const watch = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, asked)
  const told: unknown[] = []
  for await (const { status } of watch) {
    told.push(status)
    if (status === 'SERVING') void server.close()
  }
  assert.deepEqual(told, ['SERVING', 'NOT_SERVING'])
  await server.close()
})

test('reflection lists every service and describes each by its name', async () => {
  await using server = await testServer()
  using reflection = clientOf(server.target)
  const name = 'grpc.reflection.v1.ServerReflection'
  const { path, requestSerialize, responseDeserialize } = serviceOf(reflectionProto(), name)[
    'ServerReflectionInfo'
  ]!
  const { client } = reflection
  const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  stream.on('error', () => {})
  const answers = stream[Symbol.asyncIterator]()
  const ask = async (request: Message) => {
    stream.write(request)
    return (await answers.next()).value
  }
  const { listServicesResponse } = await ask({ listServices: '*' })
  const listed = listServicesResponse.service.map((service: Message) => service['name'])
  assert.deepEqual(listed.sort(), [
    'UserRecommend',
    'grpc.health.v1.Health',
    'starling.v1.Starling',
  ])
  for (const service of listed) {
    const { fileDescriptorResponse } = await ask({ fileContainingSymbol: service })
    assert(fileDescriptorResponse?.fileDescriptorProto.length > 0, service)
  }
  stream.cancel()
})

/** The reflection protocol as its library brings it. */
function reflectionProto(): PackageDefinition {
  const library = import.meta.resolve('@grpc/reflection')
  const file = new URL('../proto/grpc/reflection/v1/reflection.proto', library)
  return loadProto(fileURLToPath(file), { keepCase: false })
}
