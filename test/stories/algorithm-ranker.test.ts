import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../../src/events/event.ts'
import { onnx, put, scoresOf, servedIn } from './served-network.ts'
import { idsOf, openWorld, until, type World } from './world.ts'

const by = (ranker: string, more: object = {}) => ({
  own: { sources: { popular: 60, fresh: 60 }, ranker, scenes: ['home', 'for-you'], ...more },
})

const set = (world: World, ranker: string) =>
  world.engine.setParameter('algorithms', by(ranker), 'olga')

const modelOf = async ({ engine }: World, { requestId }: { readonly requestId: string }) =>
  (await engine.explain(requestId))?.model

async function worldWithModel(): Promise<World> {
  const world = await openWorld()
  await put(world, 'neuralcf/2', onnx())
  // It is there at once, where a running engine looks every two seconds.
  await world.reopen()
  assert.equal(servedIn(world, 'neuralcf'), 2)
  return world
}

test('an algorithm names a served model, and every feed of its scenes goes by it', async () => {
  await using world = await worldWithModel()
  await set(world, 'neuralcf')
  const page = await world.page('ann', { size: 30 })
  assert.equal(await modelOf(world, page), 'neuralcf/2')
  assert.equal(page.degraded, undefined)
  const found = await scoresOf(world, 'ann', idsOf(page))
  for (const [index, { score }] of page.items.entries()) {
    assert.ok(Math.abs(score - found[index]!) < 1e-6, `${index}`)
  }
  // What a request asks for still wins.
  const popular = await world.page('ann', { scene: 'for-you', model: 'popular' })
  assert.equal(await modelOf(world, popular), 'popular')

  await world.reopen()
  const after = await world.page('bob')
  assert.equal(await modelOf(world, after), 'neuralcf/2')

  await world.engine.rollbackParameter('algorithms', 0, 'olga')
  assert.equal(await modelOf(world, await world.page('cid')), 'none')
  const changes = (await world.engine.parameterHistory('algorithms'))[0]!.changes
  assert.equal(changes.length, 1)
})

test('a larger version takes over, and one that is named by number stays', async () => {
  await using world = await worldWithModel()
  await set(world, 'neuralcf/2')
  await put(world, 'neuralcf/3', onnx())
  await world.reopen()
  assert.equal(await modelOf(world, await world.page('ann')), 'neuralcf/2')
  await set(world, 'neuralcf')
  assert.equal(await modelOf(world, await world.page('bob')), 'neuralcf/3')
})

test('a ranker that is not served, or could order no feed, is refused by what there is', async () => {
  await using world = await worldWithModel()
  const refused = async (value: Json, message: RegExp) => {
    const expected = { code: 'invalid_argument', message }
    await assert.rejects(world.engine.setParameter('algorithms', value, 'olga'), expected)
    await assert.rejects(world.engine.checkParameter('algorithms', value), expected)
  }
  const known = /there are learned, popular, agreement, neuralcf$/
  await refused(by('nerualcf'), known)
  await refused(by('neuralcf/7'), known)
  await refused(by('ranker/1'), known)
  await refused(by(''), /ranker must be one of learned, popular, agreement, or a served model/)
  const mix = { parts: { own: 10 }, ranker: 'neuralcf' }
  await refused({ ...by('neuralcf'), mix }, /mix\.ranker orders nothing in a mix/)
  const { inputs, ...rest } = JSON.parse(onnx()['manifest.json'])
  const { default: _, ...dense } = inputs.dense
  await put(world, 'mute/1', onnx({ ...rest, inputs: { ...inputs, dense } }))
  await world.reopen()
  await refused(by('mute'), /does not say where its features come from/)
})

test('a model that is taken away leaves the ranker in force, and the page says so', async () => {
  await using world = await worldWithModel()
  await set(world, 'neuralcf')
  await world.page('ann')
  await rm(join(world.folder, 'served', 'neuralcf'), { recursive: true })
  await until(() => servedIn(world, 'neuralcf') === undefined)
  const page = await world.page('bob')
  assert.equal(page.items.length, 10)
  assert.equal(
    page.degraded,
    'rank neuralcf: StarlingError: [not_found] model neuralcf is not served any more',
  )
  assert.equal(await modelOf(world, page), 'none')
  // It comes back by itself.
  await put(world, 'neuralcf/2', onnx())
  await world.reopen()
  const again = await world.page('cid')
  assert.deepEqual([again.degraded, await modelOf(world, again)], [undefined, 'neuralcf/2'])
})
