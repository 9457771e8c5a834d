import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createEngine } from '../../engine/create-engine.ts'
import type { Engine, Page } from '../../engine/engine.ts'
import { systemClock } from '../../events/clock.ts'
import { mixOf } from '../../insight/load/crowd/mix.ts'
import { openSite } from '../../insight/load/crowd/site.ts'
import { manualTicker } from '../../insight/load/pace/manual-ticker.suite.ts'
import { described } from '../../insight/load/result/described.ts'
import { isFaulty, type LoadResult, troubles } from '../../insight/load/result/load-result.ts'
import { loadPicture } from '../../insight/load/result/picture.ts'
import { runLoad } from '../../insight/load/run-load.ts'
import type { Transport } from '../../insight/load/transport.ts'
import { movies } from '../../insight/simulate/plans/movies.ts'
import { seededRandom } from '../../kernel/random.ts'
import { serve } from '../../server/serve.ts'
import { fillSite } from './fill-site.ts'
import { httpTransport } from './http-transport.ts'
import { ownGauge } from './own-gauge.ts'

const plan = {
  ...{ feedsPerSecond: 20, eventsPerSecond: 200, seconds: 6, warmUpSeconds: 0, underWayMax: 16 },
  ...{ mix: mixOf('home=60,channel=10,similar=5,older=25'), withdrawalsPerSecond: 1, name: 'test' },
}

/**
 * Loads a real server over real sockets; `wrap` may break the engine behind it. The load's time is
 * made up, and goes on only when all is answered: how fast this machine is makes no difference.
 */
async function load(wrap: (engine: Engine) => Engine): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-load-'))
  try {
    await using engine = await createEngine({ folder, seed: 'load', retrain: false })
    const serving = await serve({ engine: wrap(engine), port: 0, report: () => undefined })
    const shared = { mix: plan.mix, clock: systemClock }
    const size = { users: 12, items: 1_500, seed: 1, pageSize: 6 }
    const site = openSite({ plan: movies, ...size, ...shared })
    const [base] = serving.addresses
    using http = httpTransport({ base: base!, connectionsMax: 16, timeoutMs: 60_000 })
    const { signal } = new AbortController()
    await fillSite(site, http, { perUser: 2, signal, onProgress: () => undefined })
    const { transport, answered } = counted(http)
    const ticker = manualTicker()
    const parts = { site, transport, ticker, signal, own: ownGauge, clock: systemClock }
    const running = runLoad(plan, { ...parts, random: seededRandom('load') })
    for (let atMs = 0; atMs < 10_000; atMs += 20) {
      await answered()
      await ticker.goTo(atMs)
    }
    const result = await running
    await serving.close()
    return result
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The same, and one can wait until nothing is under way. */
function counted(transport: Transport) {
  let underWay = 0
  const count = <Input, Answer>(ask: (input: Input) => Promise<Answer>) => {
    return (input: Input): Promise<Answer> => {
      underWay++
      return ask(input).finally(() => underWay--)
    }
  }
  const countGauge = count(() => transport.gauge())
  return {
    transport: {
      page: count(transport.page),
      report: count(transport.report),
      withdraw: count(transport.withdraw),
      gauge: () => countGauge(undefined),
    },
    async answered() {
      while (underWay > 0) await new Promise((resolve) => setTimeout(resolve, 1))
    },
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
  assert.match(described(result), /promises broken: none; \d+ items were withdrawn/)
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

test('a server that is away, slow or no server of ours fails by kind', async (t) => {
  const odd = createServer((request, response) => {
    if (request.method === 'GET') response.end('<html>')
    else if (request.method === 'POST') response.writeHead(502).end('bad gateway')
  })
  const leave = async (): Promise<void> => {
    odd.closeAllConnections()
    await new Promise((closed) => odd.close(closed))
  }
  t.after(leave)
  await new Promise<void>((listening) => odd.listen(0, '127.0.0.1', listening))
  const { port } = odd.address() as AddressInfo // It listens on a port.
  const base = `http://127.0.0.1:${port}`
  using transport = httpTransport({ base, connectionsMax: 4, timeoutMs: 60_000 })
  using hasty = httpTransport({ base, connectionsMax: 4, timeoutMs: 50 })
  await assert.rejects(transport.report([]), { code: 'unavailable', message: /HTTP status 502/ })
  await assert.rejects(hasty.withdraw('film-1'), { code: 'deadline_exceeded' })
  await assert.rejects(transport.page(asked), { code: 'unavailable', message: /no JSON/ })
  assert.equal(await transport.gauge(), undefined)
  await leave()
  await assert.rejects(transport.page(asked), { code: 'unavailable', message: /no answer/ })
})

const asked = { kind: 'home', user: 'u', size: 1, scene: 'home', channel: '' } as const
