import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createEngine } from '../../engine/create-engine.ts'
import type { Engine, Page } from '../../engine/engine.ts'
import { systemClock } from '../../events/clock.ts'
import { mixOf } from '../../insight/load/crowd/mix.ts'
import { openSite } from '../../insight/load/crowd/site.ts'
import { described } from '../../insight/load/result/described.ts'
import { isFaulty, type LoadResult, troubles } from '../../insight/load/result/load-result.ts'
import { loadPicture } from '../../insight/load/result/picture.ts'
import { movies } from '../../insight/simulate/plans/movies.ts'
import { serve } from '../../server/serve.ts'
import { fillSite } from './fill-site.ts'
import { httpTransport } from './http-transport.ts'
import { loader } from './loader.ts'

/** Loads a real server for a few seconds; `wrap` may break the engine behind it. */
async function load(wrap: (engine: Engine) => Engine): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-load-'))
  try {
    await using engine = await createEngine({ folder, seed: 'load', retrain: false })
    const serving = await serve({ engine: wrap(engine), port: 0, report: () => undefined })
    const mix = mixOf('home=60,channel=10,similar=5,older=25')
    const site = openSite({
      ...{ plan: movies, users: 12, items: 1_500, seed: 1, mix, pageSize: 6, clock: systemClock },
    })
    const [base] = serving.addresses
    using transport = httpTransport({ base: base!, connectionsMax: 16, timeoutMs: 60_000 })
    const { signal } = new AbortController()
    const onProgress = (): void => undefined
    await fillSite(site, transport, { perUser: 2, signal, onProgress })
    const shared = { site, transport, mix, signal, onProgress, clock: systemClock, seed: 1 }
    const runner = loader({ ...shared, warmUpSeconds: 0 })
    const result = await runner.run({ feedsPerSecond: 20, eventsPerSecond: 200 }, 6)
    await serving.close()
    return result
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

test('a server that keeps its promises is loaded without an error, a refusal or a broken promise', async () => {
  const result = await load((engine) => engine)
  assert.equal(isFaulty(result), false, troubles(result).join('; '))
  assert.ok(result.feeds.count > 60, `${result.feeds.count} pages`)
  assert.ok(result.deliveries['history']! > 0, 'somebody looked back')
  assert.ok(result.eventsAccepted > 0)
  assert.ok(result.server!.residentBytes > 0)
  assert.equal(result.perSecond.length, 6)
  assert.match(described(result), /promises broken: 0 items shown again/)
  assert.match(loadPicture(result), /<polyline points="64\.0,/)
})

test('a server that shows things again, forgets its pages and fails is found out', async () => {
  const first = new Map<string, Page>()
  let asked = 0
  const result = await load((engine) => ({
    ...engine,
    async recommend(request) {
      if (++asked % 10 === 0) throw new Error('out of order')
      const page = await engine.recommend(request)
      const key = `${request.user} ${request.channel}`
      const shown = first.get(key) ?? page
      first.set(key, shown)
      // Every third page shows again what this user was shown at first.
      return asked % 3 === 0 ? { ...page, items: shown.items } : page
    },
    async older(request) {
      const page = await engine.older(request)
      return { ...page, items: page.items.slice(1) }
    },
    withdrawItem: async () => true,
  }))
  assert.ok(result.feeds.failures['internal']! > 0, 'failures')
  assert.ok(result.faults.repeat! > 0, 'repeats')
  assert.ok(result.faults.history! > 0, 'pages back that differ')
  assert.equal(isFaulty(result), true)
  assert.match(described(result), /NOT HELD: .*internal/)
  assert.ok(result.examples.some((example) => /was shown film-\d+ again/.test(example)))
})
