import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '../../src/engine/engine.ts'
import type { RawColumn } from '../../src/models/serving/raw-value.ts'
import { manifest, onnx, put, scoresOf, servedIn } from './served-network.ts'
import { filmIds, idsOf, openWorld, until, type World } from './world.ts'

async function ranksOf(world: World, { requestId }: Page) {
  const explained = await world.engine.explain(requestId)
  return explained!.stages.filter(({ stage }) => stage === 'rank')
}

test('a model that somebody made elsewhere is put into a folder, and orders a feed by its name (M-05, M-07)', async () => {
  await using world = await openWorld()
  await put(world, 'neuralcf/002', onnx())
  await until(() => servedIn(world, 'neuralcf') === 2)
  const page = await world.page('ann', { scene: 'for-you', model: 'neuralcf', size: 30 })
  const found = await scoresOf(world, 'ann', idsOf(page))
  for (const [index, { score }] of page.items.entries()) {
    assert.ok(Math.abs(score - found[index]!) < 1e-6, `${index}`)
  }
  assert.equal((await world.engine.explain(page.requestId))?.model, 'neuralcf/2')
  // Somebody it never saw gets a page as well, by what it makes of the unknown.
  const stranger = await world.page('stranger', { scene: 'for-you', model: 'neuralcf' })
  assert.equal(stranger.items.length, 10)
  assert.equal(stranger.degraded, undefined)

  await put(world, 'neuralcf/010', onnx())
  await until(() => servedIn(world, 'neuralcf') === 10)
  assert.equal(servedIn(world, 'neuralcf'), 10)
  const older = await world.page('ann', { scene: 'for-you', model: 'neuralcf/2' })
  assert.equal((await world.engine.explain(older.requestId))?.model, 'neuralcf/2')
  await assert.rejects(world.page('ann', { scene: 'for-you', model: 'nerualcf' }), {
    code: 'invalid_argument',
    message: /"nerualcf" is none that can be asked: popular, neuralcf$/,
  })
})

test('a model that does not say where features come from can be asked, and orders no feed', async () => {
  await using world = await openWorld()
  const { default: _, ...dense } = manifest.inputs.dense
  await put(world, 'neuralcf/1', onnx({ inputs: { ...manifest.inputs, dense } }))
  await until(() => servedIn(world, 'neuralcf') === 1)
  await assert.rejects(world.page('ann', { scene: 'for-you', model: 'neuralcf' }), {
    code: 'failed_precondition',
    message: /neuralcf cannot order a feed: it does not say where its features come from/,
  })
})

test('features of a manifest are read from what the engine knows', async () => {
  await using world = await openWorld()
  const inputs = {
    userId: manifest.inputs.userId,
    movieId: manifest.inputs.movieId,
    year: { input: 'dense', column: 0, source: { from: 'item-number', attribute: 'year' } },
    likes: { input: 'dense', column: 1, source: { from: 'item-deeds', of: 'like' } },
    other: { input: 'dense', column: 2, default: 0 },
  }
  await put(world, 'neuralcf/1', onnx({ inputs }))
  await until(() => servedIn(world, 'neuralcf') === 1)
  await world.like(['bob', 'c'], ['film-03'])
  const page = await world.page('ann', { scene: 'for-you', model: 'neuralcf', size: 40 })
  const ids = idsOf(page)
  const columns = new Map<string, RawColumn>([
    ['userId', ['ann']],
    ['movieId', ids],
    ['year', Float32Array.from(ids, (id) => 1960 + Number(id.slice(5)))],
    ['likes', Float32Array.from(ids, (id) => (id === 'film-03' ? 2 : 0))],
  ])
  const asked = { rowCount: ids.length, columns }
  const { scores } = await world.engine.predict({ model: 'neuralcf', read: () => asked })
  assert.deepEqual(
    page.items.map(({ score }) => Math.fround(score)),
    [...scores[0]!],
  )
})

test('another server that falls silent costs a feed its order, and not the feed (B-M08)', async () => {
  let isSilent = false
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      if (isSilent) return
      const { instances } = JSON.parse(body) as { instances: { movieId: string }[] }
      const scores = instances.map(({ movieId }) => [Number(movieId.slice(5))])
      response.end(JSON.stringify({ predictions: scores }))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await using world = await openWorld()
  const url = `http://127.0.0.1:${port}/v1/models/recmodel:predict`
  const ids = { userId: { dtype: 'string' }, movieId: { dtype: 'string' } }
  const remote = { format: 'remote', url, timeoutMs: 200, inputs: ids, outputs: { score: {} } }
  await put(world, 'recmodel/1', { 'manifest.json': JSON.stringify(remote) })
  await until(() => servedIn(world, 'recmodel') === 1)

  const page = await world.page('ann', { scene: 'for-you', model: 'recmodel' })
  const numbers = page.items.map(({ score }) => score)
  assert.deepEqual(
    numbers,
    [...numbers].sort((one, other) => other - one),
  )
  assert.ok(numbers[0]! > 1)
  assert.deepEqual(
    (await ranksOf(world, page)).map(({ failure }) => failure),
    [undefined, undefined],
  )
  isSilent = true
  const without = await world.page('bob', { scene: 'for-you', model: 'recmodel' })
  assert.equal(without.items.length, 10)
  assert.match(without.degraded!, /rank batch: .*did not answer within 200 ms/)
  const [, failed] = await ranksOf(world, without)
  assert.match(failed!.failure!, /did not answer within 200 ms/)
  assert.equal((await world.engine.explain(without.requestId))?.model, 'none')
  server.closeAllConnections()
  server.close()
})

test('calls are kept as SQL can ask for them, sampled as the parameter says, and erased with the user (Q-18)', async () => {
  await using world = await openWorld({ lake: {} })
  const { engine } = world
  await put(world, 'neuralcf/1', onnx())
  await until(() => servedIn(world, 'neuralcf') === 1)
  await engine.setParameter('predict-log', { share: 0 }, 'olga')
  await scoresOf(world, 'ann', filmIds.slice(0, 3))
  await engine.setParameter('predict-log', { share: 1, rows: 2 }, 'olga')
  await scoresOf(world, 'ann', filmIds.slice(0, 3))
  await scoresOf(world, 'bob', filmIds.slice(0, 1))
  const bad = { rowCount: 1, columns: new Map<string, RawColumn>([['userId', ['ann']]]) }
  await assert.rejects(engine.predict({ model: 'neuralcf', caller: 'key 1', read: () => bad }))
  // Kept a moment after the answer.
  await sleep(20)
  const ask = async (where = 'true') => {
    const columns = 'model, version, "rows", status, users, inputs, outputs'
    const sql = `SELECT ${columns} FROM predictions WHERE ${where} ORDER BY users, status`
    return (await engine.queryLake({ sql })).rows
  }
  const rows = await ask()
  assert.equal(rows.length, 3)
  const [failed, ann, bob] = rows
  assert.deepEqual(failed!.slice(0, 4), ['neuralcf', 1, 1, 'invalid_argument'])
  assert.deepEqual(ann!.slice(0, 5), ['neuralcf', 1, 3, 'ok', ['ann']])
  assert.deepEqual(ann![5], { userId: ['ann'], movieId: filmIds.slice(0, 2) })
  const { click } = ann![6] as { click: number[] }
  assert.equal(click.length, 2)
  assert.deepEqual(bob![4], ['bob'])

  const { lakeRowsErased } = await engine.eraseUser('ann')
  assert.ok(lakeRowsErased >= 2)
  assert.deepEqual(
    (await ask()).map((row) => row[4]),
    [['bob']],
  )
})
