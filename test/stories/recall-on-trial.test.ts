import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { manualClock } from '../../src/events/clock.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { filmsOf, genres, minuteMs, openWorld, trained, type World } from './world.ts'

const people = genres.flatMap((genre) => Array.from({ length: 10 }, (_, n) => `${genre}-${n}`))

/** Everybody likes one film of their genre. */
async function like(world: World, step: number): Promise<void> {
  const events = people.map((user, index) => {
    const films = filmsOf(user.split('-')[0] as (typeof genres)[number])
    return { type: 'like', user, item: films[(step + index * 3) % 15]! }
  })
  await world.engine.track(events)
  world.clock.advance(minuteMs)
}

/** A world with a model for recall, and a held one of which `change` was made. */
async function worldWithTwo(change: (weights: Uint8Array) => Uint8Array): Promise<World> {
  const world = await openWorld()
  for (let step = 0; step < 10; step++) await like(world, step)
  const job = await trained(world, { kind: 'ease' })
  assert.equal(job.result?.promoted, true, job.result?.reason ?? job.trouble)
  const registry = await openRegistry(join(world.folder, 'models'), manualClock(1))
  const { header, weights } = await registry.load('ease', 1)
  await registry.publish('ease', { header, weights: change(weights) }, {}, { held: true })
  return world
}

const shadow = { model: 'ease', version: 2, phase: 'shadow', share: 1, by: 'olga' } as const

test('the shadow of a recall model is asked for what people came to like since', async () => {
  await using world = await worldWithTwo((weights) => weights)
  const { engine } = world
  await engine.setParameter('promotion', { shadowRuns: 60 }, 'olga')
  await engine.tryModel(shadow)
  assert.deepEqual((await engine.release('ease')).shadow, { runs: 0, failures: 0 })
  await like(world, 10)
  await engine.keepUp()
  const { shadow: told } = await engine.release('ease')
  assert.deepEqual([told!['runs'], told!['likes'], told!['failures']], [40, 40, 0])
  // It is a twin.
  assert.equal(told!['overlap@100'], 1)
  assert.equal(told!['recall@100'], told!['recall@100 of the serving one'])
  assert.ok(told!['recall@100']! > 0.9, `${told!['recall@100']}`)
  assert.equal(told!['likes on no page'], 40)
  assert.ok(told!['recall lead low']! <= 0 && told!['recall lead high']! >= 0)
  // What comes between two openings is counted once: it goes on in the log where it stood.
  await like(world, 11)
  await world.reopen()
  assert.deepEqual((await world.engine.release('ease')).shadow, told)
  await world.engine.keepUp()
  const { serving, trial, steps } = await world.engine.release('ease')
  assert.deepEqual([serving, trial], [2, undefined])
  assert.match(steps[0]!.why, /^not worse for sure: brings 1\.0000 of what 80 users came to like/)
  assert.equal((await world.engine.rollbackModel({ model: 'ease', by: 'olga' })).serving, 1)
})

test('one that brings less of it is stopped by itself', async () => {
  // What goes with what, turned about: nothing is above 0 that was.
  await using world = await worldWithTwo((weights) => {
    const turned = weights.slice()
    for (let byte = 3; byte < turned.length; byte += 4) turned[byte]! ^= 0x80
    return turned
  })
  const { engine } = world
  await engine.tryModel(shadow)
  await world.reopen()
  for (const step of [10, 11]) {
    await like(world, step)
    await world.engine.keepUp()
  }
  const { serving, trial, steps } = await world.engine.release('ease')
  assert.deepEqual([serving, trial], [1, undefined])
  assert.match(steps[0]!.why, /^worse beyond chance: brings 0\.\d{4} of what \d+ users/)
  assert.deepEqual(
    steps.map(({ step, version }) => `${step} ${version}`),
    ['stopped 2', 'shadow 2', 'promoted 1'],
  )
})

test('a recall model has no canary, and whoever asks for one is told why', async () => {
  await using world = await worldWithTwo((weights) => weights)
  const { engine } = world
  await assert.rejects(engine.tryModel({ ...shadow, phase: 'canary' }), {
    ...{ code: 'failed_precondition', field: 'phase' },
    message: /ease recalls: .* there is no canary of it; try it in the shadow/,
  })
  // What waits by rule goes into the shadow instead.
  await engine.setParameter('promotion', { way: 'canary', shadowShare: 1 }, 'olga')
  await engine.rejectModel({ model: 'ease', version: 2, by: 'olga' })
  for (const step of [10, 11]) await like(world, step)
  const job = await trained(world, { kind: 'ease' })
  assert.equal(job.result?.promoted, false, job.result?.reason)
  const { trial, serving } = await engine.release('ease')
  assert.deepEqual([trial?.phase, trial?.version, serving], ['shadow', 3, 1])
})
