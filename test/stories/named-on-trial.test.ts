import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { manualClock } from '../../src/events/clock.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import type { Registry } from '../../src/models/registry/registry.ts'
import { madeUp } from './made-up-ranker.ts'
import {
  dayMs,
  eventsOf,
  filmsOf,
  genres,
  minuteMs,
  openWorld,
  trained,
  until,
  type World,
} from './world.ts'

const people = Array.from({ length: 60 }, (_, n) => `user-${n}`)

/** Everybody keeps to one genre, and dislikes the next. */
async function rate(world: World, steps: readonly number[]): Promise<void> {
  for (const step of steps) {
    const events = people.flatMap((user, n) => {
      const [own, other] = [filmsOf(genres[n % 4]!), filmsOf(genres[(n + 1) % 4]!)]
      return [
        { type: 'rate', user, item: own[(step + n) % 15]!, value: 5 },
        { type: 'rate', user, item: other[(step + n) % 15]!, value: 1 },
      ]
    })
    const { rejected } = await world.engine.track(events)
    assert.deepEqual(rejected, [])
    world.clock.advance(dayMs / 4)
  }
}

const registryOf = ({ folder }: World): Promise<Registry> =>
  openRegistry(join(folder, 'models'), manualClock(1))

/** A world with a ranker that is asked for by name, and one of its twins, which is held. */
async function worldWithTwins(): Promise<World> {
  const world = await openWorld()
  await rate(world, [0, 1, 2, 3, 4, 5])
  const settings = { set: 'movies', negatives: 'none' }
  const job = await trained(world, { kind: 'ftrl', settings })
  assert.equal(job.result?.promoted, true, job.result?.reason ?? job.trouble)
  const registry = await registryOf(world)
  const twin = await registry.load('ftrl', 1)
  await registry.publish('ftrl', twin, {}, { held: true })
  await registry.publish('ranker', madeUp())
  await registry.publish('ranker', madeUp(), {}, { held: true })
  await world.reopen()
  return world
}

const ask = (world: World, user: string, model?: string) =>
  world.page(user, { scene: 'top', size: 5, ...(model !== undefined && { model }) })

const modelOf = async ({ engine }: World, { requestId }: { readonly requestId: string }) =>
  (await engine.explain(requestId))?.model

const tryAs = (model: string, phase: 'canary' | 'shadow', share: number) =>
  ({ model, version: 2, phase, share, by: 'olga' }) as const

test('a held version is nobody’s but those who name it, and two canaries do not meet', async () => {
  await using world = await worldWithTwins()
  const { engine } = world
  assert.equal(await modelOf(world, await ask(world, 'user-0', 'ftrl')), 'ftrl/1')
  assert.equal(await modelOf(world, await ask(world, 'user-0', 'ftrl/2')), 'ftrl/2')
  await engine.tryModel(tryAs('ftrl', 'canary', 0.5))
  await engine.tryModel(tryAs('ranker', 'canary', 0.5))
  await world.reopen()
  const served = { ftrl: new Set<string>(), ranker: new Set<string>() }
  for (const user of people) {
    const [named, usual] = [await ask(world, user, 'ftrl'), await ask(world, user)]
    if ((await modelOf(world, named)) === 'ftrl/2') served.ftrl.add(user)
    if ((await modelOf(world, usual)) === 'ranker/2') served.ranker.add(user)
    const fixed = await modelOf(world, await ask(world, user, 'ftrl/1'))
    assert.equal(fixed, 'ftrl/1')
  }
  for (const each of Object.values(served)) assert.ok(each.size > 15 && each.size < 45)
  const both = [...served.ftrl].filter((user) => served.ranker.has(user))
  // Who is in one says nothing of the other.
  assert.ok(both.length > 5 && both.length < Math.min(served.ftrl.size, served.ranker.size))
  const arms = new Map<string, number>()
  for await (const { event } of eventsOf(world)) {
    if (event?.type !== 'served') continue
    for (const arm of event.arms) arms.set(arm, (arms.get(arm) ?? 0) + 1)
    assert.ok(event.arms.length <= 1)
  }
  assert.equal(arms.get('canary:ftrl/2'), served.ftrl.size)
  assert.equal(arms.get('control:ftrl/2'), people.length - served.ftrl.size)
  assert.equal(arms.get('canary:ranker/2'), served.ranker.size)
})

test('a canary of a named ranker ends by what came of its own pages, and is rolled back', async () => {
  await using world = await worldWithTwins()
  const { engine } = world
  const rules = { impressionsMin: 100, canaryHoursMin: 0, tolerance: 0.9 }
  await engine.setParameter('promotion', rules, 'olga')
  const read = async (likes: (model: string) => boolean): Promise<void> => {
    for (const user of people) {
      const page = await ask(world, user, 'ftrl')
      const isLiked = likes((await modelOf(world, page))!)
      const at = world.clock.now()
      const events = page.items.flatMap(({ id: item, token }) => [
        { type: 'impression', user, item, token, at },
        ...(isLiked ? [{ type: 'like', user, item, token, at }] : []),
      ])
      assert.deepEqual((await world.engine.track(events)).rejected, [])
    }
    world.clock.advance(minuteMs)
  }
  await engine.tryModel(tryAs('ftrl', 'canary', 0.5))
  await read(() => true)
  await read(() => true)
  await engine.keepUp()
  const { serving, trial, steps } = await engine.release('ftrl')
  assert.deepEqual([serving, trial], [2, undefined], steps[0]?.why)
  assert.equal(await modelOf(world, await ask(world, 'user-1', 'ftrl')), 'ftrl/2')
  assert.equal((await engine.rollbackModel({ model: 'ftrl', by: 'olga' })).serving, 1)
  assert.equal(await modelOf(world, await ask(world, 'user-1', 'ftrl')), 'ftrl/1')

  const registry = await registryOf(world)
  await registry.publish('ftrl', await registry.load('ftrl', 1), {}, { held: true })
  await world.reopen()
  await world.engine.tryModel({ ...tryAs('ftrl', 'canary', 0.5), version: 3 })
  await read((model) => model === 'ftrl/1')
  await read((model) => model === 'ftrl/1')
  await world.engine.keepUp()
  const after = await world.engine.release('ftrl')
  assert.deepEqual([after.serving, after.trial], [1, undefined])
  assert.match(after.steps[0]!.why, /^worse beyond chance: rate 0\.0000 against 1\.0000/)
  assert.deepEqual(
    after.steps.map(({ step, version }) => `${step} ${version}`),
    ['stopped 3', 'canary 3', 'rolled-back 2', 'promoted 2', 'canary 2', 'promoted 1'],
  )
})

test('the shadow of a named ranker scores what it is asked for, and changes none of it', async () => {
  await using world = await worldWithTwins()
  const { engine } = world
  const before = (await ask(world, 'user-3', 'ftrl')).items.map(({ id }) => id)
  await engine.tryModel(tryAs('ftrl', 'shadow', 1))
  for (const user of people.slice(0, 10)) await ask(world, user)
  assert.equal((await engine.release('ftrl')).shadow?.['runs'], undefined)
  for (const user of people.slice(0, 10)) {
    assert.equal(await modelOf(world, await ask(world, user, 'ftrl')), 'ftrl/1')
  }
  let runs = 0
  await until(() => {
    void engine.release('ftrl').then(({ shadow }) => {
      runs = shadow?.['runs'] ?? 0
    })
    return runs === 10
  })
  const { shadow } = await engine.release('ftrl')
  assert.deepEqual([shadow!['runs'], shadow!['failures']], [10, 0])
  assert.deepEqual([shadow!['rank correlation'], shadow!['overlap@10']], [1, 1])
  assert.deepEqual(
    (await ask(world, 'user-3', 'ftrl')).items.map(({ id }) => id),
    before,
  )
})

test('what cannot be tried is refused, and says why', async () => {
  await using world = await worldWithTwins()
  const { engine } = world
  const refused = (asked: object, message: RegExp) =>
    assert.rejects(engine.tryModel({ ...tryAs('ftrl', 'canary', 0.5), ...asked }), message)
  await refused({ version: 9 }, /there is no ftrl\/9/)
  await refused({ version: 1 }, /ftrl\/1 serves everybody already/)
  await refused({ share: 0 }, /share 0 must be > 0 and <= 1/)
  await refused({ model: 'dcn' }, /there is no dcn\/2/)
  await engine.tryModel(tryAs('ftrl', 'shadow', 0.5))
  const registry = await registryOf(world)
  await registry.publish('ftrl', await registry.load('ftrl', 1), {}, { held: true })
  await refused({ version: 3 }, /ftrl\/2 is on trial: promote or reject it first/)
  await registry.publish('dcn', await registry.load('ftrl', 1), {}, { held: true })
  await refused({ model: 'dcn', version: 1 }, /there is no dcn to try it beside/)
})

test('a version is tried as soon as it is published', async () => {
  await using world = await worldWithTwins()
  const registry = await registryOf(world)
  const { version } = await registry.publish(
    'ftrl',
    await registry.load('ftrl', 1),
    {},
    {
      held: true,
    },
  )
  const { trial } = await world.engine.tryModel({ ...tryAs('ftrl', 'canary', 0.5), version })
  assert.equal(trial?.version, version)
})
