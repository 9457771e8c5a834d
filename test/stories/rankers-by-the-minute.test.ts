import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { defaultAttributes } from '../../src/engine/recipes/residents.ts'
import { featuresFor } from '../../src/engine/training/kinds/factors-and-ranker.ts'
import { fingerprintOf } from '../../src/engine/training/origin.ts'
import { manualClock } from '../../src/events/clock.ts'
import { ftrlTrainer } from '../../src/models/linear/ftrl.ts'
import { logisticModel } from '../../src/models/logistic/logistic-model.ts'
import type { Artifact } from '../../src/models/model.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { fitEncoding } from '../../src/state/features/declared/encoding/fit-encoding.ts'
import { withEncoding } from '../../src/state/features/declared/encoding/saved-encoding.ts'
import { ownFeatures } from '../../src/state/features/declared/sets/own-features.ts'
import { idsOf, minuteMs, openWorld, type World } from './world.ts'

const features = await featuresFor(defaultAttributes)
const names = features.map(({ name }) => name)
const ofNoItems = { items: fingerprintOf({ id: String }, 0), itemCount: 0, through: 0 }

/** A ranker that was trained when the year of a film said nothing. */
function staleRanker(): Artifact {
  const zeros = () => new Float64Array(names.length)
  const year = names.indexOf('year')
  const { header, weights } = logisticModel({
    ...{ features: names, bias: -1, slope: zeros(), ifAbsent: zeros() },
    absent: Float64Array.from(features, ({ absent }) => absent),
    mean: zeros().fill(1_990, year, year + 1),
    deviation: zeros()
      .fill(1)
      .fill(20, year, year + 1),
  }).save()
  return { header: { ...header, ...ofNoItems }, weights }
}

/** The same by FTRL, over the engine's features as a declared set. */
function staleFtrl(): Artifact {
  const set = ownFeatures(features)
  const columns = new Map(names.map((name) => [name, Float64Array.of(0)]))
  const encoding = fitEncoding(set, { rowCount: 1, columns })
  const { fields } = encoding
  const like = {
    rowCount: 2,
    columns: new Map(
      fields.map(({ name }) => [
        name,
        Float32Array.of(...(name === 'year' ? [1960, 2020] : [0, 1])),
      ]),
    ),
  }
  const trainer = ftrlTrainer({ alpha: 0.2, beta: 1, l1: 0, l2: 1 })
  const learner = trainer.start({ fields, heads: ['like'], seed: 1, like })
  const { header, weights } = withEncoding(learner.model().save(), encoding)
  return { header: { ...header, through: 0 }, weights }
}

const options = { training: { online: true } }

/** A house with both, as a training would have left it. */
async function openHouse(): Promise<World> {
  const world = await openWorld(options)
  await world.close()
  const registry = await openRegistry(join(world.folder, 'models'), manualClock(1))
  await registry.publish('ranker', staleRanker())
  await registry.publish('ftrl', staleFtrl())
  await world.reopen(options)
  return world
}

const isNew = (film: string): boolean => Number(film.slice('film-'.length)) >= 30

/** Pages on which people like new films, and no other. */
async function livePages({ engine, clock }: World, count: number, from = 0): Promise<void> {
  for (let index = from; index < from + count; index++) {
    const user = `u${index}`
    const { items } = await engine.recommend({ user, scene: 'home', size: 8 })
    await engine.track(
      items.flatMap(({ id, token }) => [
        { type: 'impression' as const, user, item: id, token },
        ...(isNew(id) ? [{ type: 'like' as const, user, item: id, token }] : []),
      ]),
    )
    clock.advance(2_000)
  }
}

/** A page that is so much later that all before it are ripe; and what is done once a minute. */
async function ripen(world: World, from: number): Promise<void> {
  world.clock.advance(2 * minuteMs)
  await livePages(world, 1, from)
  await world.engine.keepUp()
}

async function standing({ engine }: World, model: string) {
  const all = await engine.models()
  return all.find(({ name, through }) => name === model && through !== undefined)
}

/** What the model at work says of films of four years, all else alike. */
async function byYear({ engine }: World, model: string): Promise<readonly number[]> {
  const { scores } = await engine.predict({
    model,
    read: ({ inputs }) => ({
      rowCount: 4,
      columns: new Map(
        inputs.map(({ name }) => [
          name,
          name === 'year' ? Float32Array.of(1960, 1980, 2000, 2019) : new Float32Array(4),
        ]),
      ),
    }),
  })
  return [...scores[0]!]
}

test('what is done on pages is in the rankers within a minute, over restarts, and can go', async () => {
  await using world = await openHouse()
  const names = ['ranker', 'ftrl']
  const both = () => Promise.all(names.map((name) => byYear(world, name)))
  assert.equal(new Set(await byYear(world, 'ranker')).size, 1)
  await livePages(world, 30)
  await ripen(world, 30)
  for (const name of names) {
    const { version, metrics, through } = (await standing(world, name))!
    assert.equal(version, '1')
    assert.ok(through! > 250 && metrics['online-rows']! >= 240, JSON.stringify(metrics))
    assert.equal(metrics['online-rows-without-features'], 0)
    const chances = await byYear(world, name)
    const ascending = [...chances].sort((one, other) => one - other)
    assert.deepEqual(chances, ascending)
    assert.ok(chances[3]! > chances[0]!, `${name}: ${chances}`)
  }
  // What serves orders by it; the version itself is what it was, and can be asked for.
  const [page, stale] = await Promise.all(
    ['ranker', 'ranker/1'].map((model) =>
      world.page('new here', { scene: 'top', size: 20, model }).then(idsOf),
    ),
  )
  assert.notDeepEqual(page, stale)

  // Pages that are asked for while others come into force are made, every one.
  await livePages(world, 5, 31)
  world.clock.advance(2 * minuteMs)
  await livePages(world, 1, 36)
  const asked = Array.from({ length: 40 }, (_, index) =>
    world.page(`someone ${index}`, { scene: 'top', size: 5, model: names[index % 2]! }),
  )
  await world.engine.keepUp()
  for (const { items, degraded } of await Promise.all(asked)) {
    assert.deepEqual([items.length, degraded], [5, undefined])
  }

  const kept = await both()
  const before = (await standing(world, 'ranker'))!
  await world.reopen(options)
  await world.engine.keepUp()
  assert.deepEqual(await both(), kept)
  const again = (await standing(world, 'ranker'))!
  assert.equal(again.metrics['online-rows'], before.metrics['online-rows'])
  assert.ok(again.through! >= before.through!)

  await world.engine.eraseUser('u3')
  assert.equal(new Set(await byYear(world, 'ranker')).size, 1)
  await world.engine.keepUp()
  const after = (await standing(world, 'ranker'))!
  assert.equal(after.metrics['online-rows'], before.metrics['online-rows']! - 8)
  assert.notDeepEqual(await byYear(world, 'ranker'), kept[0])
})

test('where the parameter says so they stay as they were trained', async () => {
  await using world = await openHouse()
  await world.engine.setParameter('online', { rankers: 0 }, 'somebody')
  await livePages(world, 10)
  await ripen(world, 10)
  assert.equal(await standing(world, 'ranker'), undefined)
  assert.equal(new Set(await byYear(world, 'ranker')).size, 1)
  const wrong = { delaySeconds: 0 }
  await assert.rejects(world.engine.setParameter('online', wrong, 'somebody'), /delaySeconds/)
})
