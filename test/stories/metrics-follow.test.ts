import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MetricsRequest } from '../../src/engine/views/metrics.ts'
import { films, minuteMs, openWorld, type World } from './world.ts'

/** Slices and values, once the lake has all that happened. */
async function measured(world: World, request: MetricsRequest) {
  for (let turn = 0; turn < 1_000; turn++) {
    const lake = (await world.engine.streams()).find(({ group }) => group === 'lake')
    if (lake?.lag === 0) break
    await sleep(5)
  }
  // What was answered a second ago may be answered again.
  world.clock.advance(1_000)
  const { rows } = await world.engine.queryMetrics(request)
  return rows.map(({ slice, values }) => [...slice, ...values])
}

test('what users do is in the metrics, with where it came from', async () => {
  await using world = await openWorld()
  const from = world.clock.now()
  const page = await world.page('ann')
  await world.engine.track(
    page.items.map(({ id, token }) => ({ type: 'impression', user: 'ann', item: id, token })),
  )
  const [first, second] = page.items as [(typeof page.items)[0], (typeof page.items)[0]]
  await world.engine.track([{ type: 'click', user: 'ann', item: first.id, token: first.token }])
  world.clock.advance(minuteMs)
  const measures = ['impressions', 'clicks', 'ctr', 'success_rate', 'coverage']
  // The rates of clicks are of what users did, those of success and coverage of what was shown.
  assert.deepEqual(await measured(world, { measures: measures.slice(0, 3), from }), [[10, 1, 0.1]])
  assert.deepEqual(await measured(world, { measures: measures.slice(3), from }), [[0.1, 10 / 60]])

  const genre = films.find(({ id }) => id === first.id)!.attributes.genres[0]
  const byGenre = await measured(world, { measures: ['clicks'], by: ['item.genres'], from })
  assert.deepEqual(byGenre, [[genre, 1]])
  const byPosition = await measured(world, { measures: ['clicks'], by: ['position'], from })
  assert.deepEqual(byPosition, [['0', 1]])
  const bySource = await measured(world, { measures: ['clicks'], by: ['source'], from })
  assert.deepEqual(bySource.map(([source]) => source).sort(), [...first.sources].sort())

  // The next page is made with the click, a minute and some seconds after it.
  const next = await world.page('ann')
  const waited = world.clock.now() - from
  const fresh = { measures: ['freshness_p50'], where: [{ dimension: 'action', in: ['click'] }] }
  assert.deepEqual(await measured(world, { ...fresh, from }), [[waited]])
  assert.deepEqual(await measured(world, { measures: ['repeat_share', 'stale_share'], from }), [
    [0, 0],
  ])

  await world.engine.setParameter('signals', { click: { weight: 0.1 }, like: { weight: 1 } }, 'me')
  const like = { type: 'like', user: 'ann', item: second.id, token: second.token }
  await world.engine.track([like])
  assert.equal(next.items.length, 10)
  const success = await measured(world, { measures: ['successes'], by: ['item'], from, size: 1 })
  assert.deepEqual(success, [[second.id, 1]], 'what counts as a success is for the operator to say')
  const { weeks } = await world.engine.sourceReport({ weeks: 1 })
  const shares = weeks[0]!.sources.map(({ shareOfSuccess }) => shareOfSuccess)
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 1) < 1e-9, `${shares}`)
  assert.ok(weeks[0]!.weakest !== undefined)
})

test('an engine without a lake says so, and serves', async () => {
  await using world = await openWorld({ lake: false })
  await assert.rejects(world.engine.queryMetrics({ measures: ['clicks'] }), {
    message: '[failed_precondition] this engine runs without a lake',
  })
  assert.equal((await world.page('ann')).items.length, 10)
})
