import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineOptions } from '../../src/engine/engine-options.ts'
import { filmIds, idsOf, openWorld, type World } from './world.ts'

type Stages = NonNullable<EngineOptions['stages']>

async function failureOf(world: World, request: string, name: string): Promise<unknown> {
  const explanation = await world.engine.explain(request)
  return explanation?.stages.find((stage) => stage.name === name)?.failure
}

test('a source that fails leaves a recorded gap', async () => {
  const stages: Stages = (make) => ({
    sources: [
      make.source('editors', () => {
        throw new Error('the editors are asleep')
      }),
    ],
  })
  await using world = await openWorld({ stages })
  const page = await world.page('ann')
  assert.equal(page.items.length, 10)
  assert.equal(page.degraded, 'recall editors: the editors are asleep')
  assert.equal(await failureOf(world, page.requestId, 'editors'), 'the editors are asleep')
})

test('a source that is late is not waited for', async () => {
  const ended = new AbortController()
  const stages: Stages = (make) => ({
    sources: [
      make.source('far-away', async () => {
        await sleep(60_000, undefined, { signal: ended.signal }).catch(() => undefined)
        return ['film-33']
      }),
    ],
  })
  await using world = await openWorld({ stages })
  const page = await world.page('ann')
  ended.abort()
  assert.equal(page.items.length, 10)
  assert.match(String(page.degraded), /^recall far-away: no answer within \d+ ms$/)
})

test('a ranker that fails leaves the order of those before it', async () => {
  const rankers =
    (fails: boolean): Stages =>
    (make) => ({
      scorers: [
        make.scorer('moody', (item) => {
          if (fails) throw new Error('not today')
          return -filmIds.indexOf(item)
        }),
      ],
    })
  const pageWith = async (options: Partial<EngineOptions>) => {
    await using world = await openWorld(options)
    await world.like(['bea', 'cy'], filmIds.slice(30, 50))
    return world.page('ann')
  }
  const [plain, moody, failing] = [
    await pageWith({}),
    await pageWith({ stages: rankers(false) }),
    await pageWith({ stages: rankers(true) }),
  ]
  assert.notDeepEqual(idsOf(moody), idsOf(plain))
  assert.deepEqual(idsOf(failing), idsOf(plain))
  assert.match(String(failing.degraded), /^rank moody: .*not today$/)
})

test('a mixer that fails or invents items is passed over', async () => {
  const stages: Stages = (make) => ({
    mixers: [
      make.mixer('inventor', (feed) => [...feed, { item: 'film-99', score: 1, sources: [] }]),
    ],
  })
  await using world = await openWorld({ stages })
  const page = await world.page('ann')
  assert.equal(page.items.length, 10)
  assert.match(String(page.degraded), /^mix inventor: row -1 was invented/)
})

test('a filter that fails lets nothing through that it has not judged', async () => {
  let broken = false
  const stages: Stages = (make) => ({
    filters: [
      make.filter('for-children', (item) => {
        if (broken) throw new Error('the list of films for children is gone')
        return filmIds.indexOf(item) < 40
      }),
    ],
  })
  await using world = await openWorld({ stages })
  const first = await world.page('ann')
  broken = true

  // What waits was judged before: it is safe, although a click has put it out of date.
  await world.engine.track([{ type: 'like', user: 'ann', item: first.items[0]!.id }])
  const second = await world.page('ann')
  assert.equal(second.items.length, 10)
  assert.match(String(second.degraded), /films for children is gone/)
  const third = await world.page('ann', { size: 100 })
  assert.ok(third.items.length > 0, 'what is left of the queue')
  assert.match(String(third.degraded), /films for children is gone/)
  const shown = idsOf(first, second, third)
  assert.ok(shown.every((id) => filmIds.indexOf(id) < 40))
  assert.equal(new Set(shown).size, shown.length)

  // Nothing safe is left, and for a newcomer there never was: an empty page that says why.
  for (const user of ['ann', 'bob']) {
    const page = await world.page(user)
    assert.deepEqual(page.items, [])
    assert.match(String(page.degraded), /films for children is gone/)
  }

  broken = false
  const page = await world.page('bob', { size: 100 })
  assert.deepEqual([...idsOf(page)].sort(), filmIds.slice(0, 40))
  assert.equal(page.degraded, undefined)
  const rest = await world.page('ann', { size: 100 })
  assert.equal(shown.length + rest.items.length, 40)
})
