import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../../src/engine/engine.ts'
import { plantedLog } from '../../src/engine/training/planted-log.suite.ts'
import type { Event } from '../../src/events/event.ts'
import { idsOf, openWorld } from './world.ts'

const settings = { dims: 8, sweeps: 5, groupCount: 400 }

/** People who like the films of one genre each, on record long enough to be learned from. */
async function learnedWorld() {
  const world = await openWorld({ settings })
  const events: Event[] = []
  for await (const batch of plantedLog(1_200).read(0)) {
    for (const { event } of batch) if (event !== undefined) events.push(event)
  }
  await world.engine.record(events)
  return world
}

const bySource = ({ items }: Page) =>
  new Map(items.map(({ id, sources }) => [id, sources] as const))

test('the same candidates are ordered by the model that is asked for, which is named', async () => {
  await using world = await learnedWorld()
  const { engine } = world
  const ask = (model: string) => world.page('u1', { scene: 'top', size: 100, model })

  // Before there is anything learned, only what needs no learning can be asked.
  await assert.rejects(ask('ranker'), {
    ...{ code: 'invalid_argument', field: 'model' },
    message: /"ranker" is none that can be asked: popular$/,
  })
  const { promoted, reason } = await engine.train('ranker')
  assert.ok(promoted, reason)

  const usual = await world.page('u1', { scene: 'top', size: 100 })
  const learned = await ask('ranker')
  assert.deepEqual(idsOf(learned), idsOf(usual))
  assert.deepEqual(idsOf(await ask('ranker/1')), idsOf(usual))
  const [factors, popular] = [await ask('factors'), await ask('popular')]
  for (const other of [factors, popular]) {
    assert.notDeepEqual(idsOf(other), idsOf(usual))
    // Another ranker changes the order, and nothing of where candidates come from.
    const [sources, before] = [bySource(other), bySource(usual)]
    const both = [...sources.keys()].filter((id) => before.has(id))
    assert.ok(both.length > 50)
    for (const id of both) assert.deepEqual(sources.get(id), before.get(id))
  }
  const scores = popular.items.map(({ score }) => score)
  assert.deepEqual(
    scores,
    [...scores].sort((one, other) => other - one),
  )
  // u1 likes every fourth film, from the second on: the factors know, popularity does not.
  const share = (page: Page) =>
    idsOf(page)
      .slice(0, 20)
      .filter((id) => Number(id.slice(4)) % 4 === 1).length
  assert.ok(share(factors) > 2 * share(popular), `${share(factors)} and ${share(popular)}`)

  const models = await Promise.all(
    [learned, factors, popular].map(async ({ requestId }) => (await engine.explain(requestId))!),
  )
  assert.deepEqual(
    models.map(({ model }) => model),
    ['ranker/1', 'factors/1', 'popular'],
  )
  assert.deepEqual(
    models[1]!.items[0]!.features.map(({ name }) => name),
    ['factor-match'],
  )
})

test('a model that is not there is refused with those that are', async () => {
  await using world = await learnedWorld()
  const ask = (model: string) => world.page('u1', { scene: 'for-you', model })
  await world.engine.train('ranker')
  for (const model of ['ranker/2', 'ranker/01', 'rankers', 'factors/1', '', '../ranker/1']) {
    await assert.rejects(
      ask(model),
      {
        ...{ code: 'invalid_argument', field: 'model' },
        message: /is none that can be asked: ranker, ranker\/1, factors, popular$/,
      },
      model,
    )
  }
  // None of it used up a page; and what is asked for is what comes.
  assert.equal((await ask('ranker/1')).batchId, 1)
})

test('where pages wait before they are asked for, no model can be chosen', async () => {
  await using world = await openWorld()
  await assert.rejects(world.page('ann', { model: 'popular' }), {
    ...{ code: 'invalid_argument', field: 'model' },
    message: /cannot be chosen in home, .* it can in for-you, top, shelves, item:similar$/,
  })
})

test('the model that is asked for wins over scorers of the program’s own', async () => {
  await using world = await openWorld({
    stages: (make) => ({
      scorers: [make.scorer('one film', (item) => (item === 'film-20' ? 1 : 0))],
    }),
  })
  await world.like(['bea', 'cy'], ['film-07', 'film-03'])
  const first = async (model?: string) =>
    idsOf(await world.page('ann', { scene: 'top', ...(model !== undefined && { model }) }))[0]
  assert.equal(await first(), 'film-20')
  assert.ok(['film-03', 'film-07'].includes((await first('popular'))!))
})
