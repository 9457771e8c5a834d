import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from '../../src/engine/engine.ts'
import { manualClock } from '../../src/events/clock.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { madeUp } from './made-up-ranker.ts'
import { eventsOf, minuteMs, openWorld, until, type World } from './world.ts'

/** A world with a ranker in force, and its twin, which waits to be tried. */
async function worldWithTwin(): Promise<World> {
  const world = await openWorld()
  const registry = await openRegistry(join(world.folder, 'models'), manualClock(1))
  await registry.publish('ranker', madeUp())
  await registry.publish('ranker', madeUp(), {}, { held: true })
  await world.reopen()
  return world
}

const people = Array.from({ length: 36 }, (_, index) => `reader-${index}`)

async function modelOf({ engine }: World, { requestId }: Page): Promise<string | undefined> {
  return (await engine.explain(requestId))?.model
}
const stepsOf = async ({ engine }: World) =>
  (await engine.release('ranker')).steps.map(({ step, version, by }) => [step, version, by])

/** Everybody looks at a page, and some like what they see. */
async function read(world: World, likes: (model: string, user: string) => boolean): Promise<void> {
  for (const user of people) {
    const page = await world.page(user)
    const at = world.clock.now()
    const model = (await modelOf(world, page))!
    const events = page.items.flatMap(({ id, token }) => [
      { type: 'impression', user, item: id, token, at },
      ...(likes(model, user) ? [{ type: 'like', user, item: id, token, at }] : []),
    ])
    const { rejected } = await world.engine.track(events)
    assert.deepEqual(rejected, [])
  }
  world.clock.advance(minuteMs)
}

test('a canary is served to its share of users, always the same, and what was asked by name wins', async () => {
  await using world = await worldWithTwin()
  await world.engine.tryModel({
    model: 'ranker',
    version: 2,
    phase: 'canary',
    share: 0.3,
    by: 'olga',
  })
  const served = new Map<string, string | undefined>()
  for (const user of people) served.set(user, await modelOf(world, await world.page(user)))
  const canaries = people.filter((user) => served.get(user) === 'ranker/2')
  assert.ok(canaries.length > 2 && canaries.length < 22, `${canaries.length} of 36`)
  for (const user of people) {
    if (!canaries.includes(user)) assert.equal(served.get(user), 'ranker/1')
  }
  await world.reopen()
  for (const user of canaries.slice(0, 5)) {
    assert.equal(await modelOf(world, await world.page(user)), 'ranker/2')
    const asked = await world.page(user, { scene: 'top', model: 'ranker/1' })
    assert.equal(await modelOf(world, asked), 'ranker/1')
  }
})

test('a canary that does worse is stopped by itself, and the log says why', async () => {
  await using world = await worldWithTwin()
  await world.engine.setParameter('promotion', { impressionsMin: 100, canaryHoursMin: 0 }, 'olga')
  await world.engine.tryModel({
    model: 'ranker',
    version: 2,
    phase: 'canary',
    share: 0.5,
    by: 'olga',
  })
  for (let day = 0; day < 2; day++) await read(world, (model) => model === 'ranker/1')
  await world.engine.keepUp()
  const { trial, serving, steps } = await world.engine.release('ranker')
  assert.deepEqual([trial, serving], [undefined, 1])
  assert.match(
    steps[0]!.why,
    /^worse beyond chance: rate 0\.0000 against 1\.0000 over \d+ impressions/,
  )
  assert.deepEqual(await stepsOf(world), [
    ['stopped', 2, 'starling'],
    ['canary', 2, 'olga'],
  ])
  // What waited was ranked before; what is made now is not.
  const page = await world.page('anybody', { scene: 'top' })
  assert.equal(await modelOf(world, page), 'ranker/1')
})

test('a canary that is as good serves everybody when it is time, and is rolled back in one call', async () => {
  await using world = await worldWithTwin()
  const rules = { impressionsMin: 100, canaryHoursMin: 1, tolerance: 0.9 }
  await world.engine.setParameter('promotion', rules, 'olga')
  await world.engine.tryModel({
    model: 'ranker',
    version: 2,
    phase: 'canary',
    share: 0.5,
    by: 'olga',
  })
  for (let day = 0; day < 2; day++) await read(world, () => true)
  await world.engine.keepUp()
  assert.equal((await world.engine.release('ranker')).trial?.version, 2)
  world.clock.advance(60 * minuteMs)
  await world.engine.keepUp()
  assert.deepEqual((await stepsOf(world))[0], ['promoted', 2, 'starling'])
  assert.equal(await modelOf(world, await world.page('anybody')), 'ranker/2')
  const { serving } = await world.engine.rollbackModel({ model: 'ranker', by: 'olga', why: 'odd' })
  assert.equal(serving, 1)
  assert.deepEqual((await stepsOf(world))[0], ['rolled-back', 2, 'olga'])
  assert.equal(await modelOf(world, await world.page('somebody')), 'ranker/1')
})

test('a shadow scores what is served, changes none of it, and then becomes a canary', async () => {
  await using world = await worldWithTwin()
  const before = (await world.page('ann', { scene: 'top' })).items.map(({ id }) => id)
  const rules = { way: 'shadow-canary', shadowRuns: 20, canaryShare: 0.2 }
  await world.engine.setParameter('promotion', rules, 'olga')
  await world.engine.tryModel({
    model: 'ranker',
    version: 2,
    phase: 'shadow',
    share: 1,
    by: 'olga',
  })
  const page = await world.page('ann', { scene: 'top' })
  assert.deepEqual(
    page.items.map(({ id }) => id),
    before,
  )
  assert.equal(await modelOf(world, page), 'ranker/1')
  for (const user of people) assert.equal(await modelOf(world, await world.page(user)), 'ranker/1')
  let runs = 0
  await until(() => {
    void world.engine.release('ranker').then(({ shadow }) => {
      runs = shadow?.['runs'] ?? 0
    })
    return runs >= 30
  })
  const { shadow } = await world.engine.release('ranker')
  // It is a twin.
  assert.deepEqual([shadow!['rank correlation'], shadow!['overlap@10']], [1, 1])
  assert.equal(shadow!['failures'], 0)
  await world.engine.keepUp()
  const { steps } = await world.engine.release('ranker')
  assert.ok(['canary', 'stopped'].includes(steps[0]!.step), steps[0]!.why)
})

/** Pages for everybody, and the shadow's figures when it has scored so many in all. */
async function shadowAfter(world: World, wanted: number) {
  for (const user of people) await world.page(user, { scene: 'top' })
  let figures: Readonly<Record<string, number>> = {}
  await until(() => {
    void world.engine.release('ranker').then(({ shadow = {} }) => {
      figures = shadow
    })
    return figures['runs'] === wanted
  })
  return figures
}

const shadowed = { model: 'ranker', version: 2, phase: 'shadow', share: 1, by: 'olga' } as const

test('a shadow goes on counting after a restart, so that one that restarts daily is judged', async () => {
  await using world = await worldWithTwin()
  await world.engine.setParameter('promotion', { shadowRuns: 100 }, 'olga')
  await world.engine.tryModel(shadowed)
  const before = await shadowAfter(world, 36)
  await world.reopen()
  const { shadow: after, steps } = await world.engine.release('ranker')
  assert.deepEqual(after, before, 'to the last figure')
  assert.equal(steps.length, 1, 'that it was counted is no step')
  await shadowAfter(world, 72)
  await world.reopen()
  await shadowAfter(world, 108)
  await world.engine.keepUp()
  const { serving, trial, steps: told } = await world.engine.release('ranker')
  assert.deepEqual([serving, trial], [2, undefined])
  assert.match(told[0]!.why, /^sound over 108 runs in the shadow/)
  await world.engine.rollbackModel({ model: 'ranker', by: 'olga' })
  await world.reopen()
  // What was counted of a trial that is over is nothing any more.
  assert.equal((await world.engine.release('ranker')).shadow, undefined)
})

test('an engine that is killed loses a twentieth of what a shadow needs, and no more', async () => {
  await using world = await worldWithTwin()
  await world.engine.setParameter('promotion', { shadowRuns: 200 }, 'olga')
  await world.engine.tryModel(shadowed)
  await shadowAfter(world, 36)
  await world.engine.keepUp()
  const tallies = []
  for await (const { event } of eventsOf(world)) if (event?.type === 'model') tallies.push(event)
  assert.deepEqual(
    tallies.map(({ step }) => step),
    ['shadow', 'tallied'],
    'written when it was looked at, and not once more at the end',
  )
  assert.ok(JSON.stringify(tallies[1]).length < 4_000)
})

test('a version that was published just before the engine was killed is tried by the next', async () => {
  await using world = await worldWithTwin()
  await world.engine.setParameter('promotion', { way: 'shadow', shadowShare: 0.5 }, 'olga')
  await world.reopen()
  await world.engine.keepUp()
  const { trial, steps } = await world.engine.release('ranker')
  assert.deepEqual([trial?.phase, trial?.version, trial?.share], ['shadow', 2, 0.5])
  assert.deepEqual(
    steps.map(({ step, by }) => [step, by]),
    [
      ['shadow', 'starling'],
      ['held', 'starling'],
    ],
  )
  await world.reopen()
  await world.engine.keepUp()
  assert.equal((await world.engine.release('ranker')).steps.length, 2, 'once')
})
