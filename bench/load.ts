import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fillSite } from '../src/cli/load/fill-site.ts'
import { httpTransport } from '../src/cli/load/http-transport.ts'
import { loader, type Rate, timeoutMs, underWayMax } from '../src/cli/load/loader.ts'
import { systemClock } from '../src/events/clock.ts'
import { defaultMix, mixOf } from '../src/insight/load/crowd/mix.ts'
import { openSite } from '../src/insight/load/crowd/site.ts'
import { described, searchDescribed } from '../src/insight/load/result/described.ts'
import { isFaulty, type LoadResult } from '../src/insight/load/result/load-result.ts'
import { loadPicture } from '../src/insight/load/result/picture.ts'
import { plans } from '../src/insight/simulate/plans/plans.ts'
import { type Child, startChild } from './harness/child.ts'
import { hotSpotsDescribed } from './harness/hot-spots.ts'
import type { LoadedQuestion } from './harness/loaded.ts'
import { setting } from './harness/machine.ts'
import type { CpuProfile } from './harness/profiler.ts'
import { progressOn } from './harness/progress.ts'

/** What one machine carries, the load itself included: `npm run bench:load`. */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    find: { type: 'boolean', default: false },
    profile: { type: 'string' },
    retrain: { type: 'boolean', default: false },
    mix: { type: 'string' },
    world: { type: 'string', default: 'movies' },
    'feeds-per-second': { type: 'string' },
    'events-per-second': { type: 'string' },
    seconds: { type: 'string' },
    users: { type: 'string' },
    items: { type: 'string' },
    home: { type: 'string' },
    json: { type: 'string' },
    html: { type: 'string' },
  },
})

/** A large site at its peak on a day like any other. */
const peak = { feedsPerSecond: 600, eventsPerSecond: 8_000 }

/** Enough to see that all of it works. */
const trickle = { feedsPerSecond: 20, eventsPerSecond: 260 }

const searchFrom = 60
const deedsPerUser = 5

const size = values.quick
  ? { users: 1_000, items: 1_000, seconds: 5, warmUpSeconds: 2 }
  : { users: 20_000, items: 10_000, seconds: values.find ? 15 : 60, warmUpSeconds: 15 }

const mix = values.mix === undefined ? defaultMix : mixOf(values.mix)
const seconds = Number(values.seconds ?? size.seconds)
const progress = progressOn(process.stderr)
const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())

process.exitCode = await main()

async function main(): Promise<number> {
  const folder = values.home ? resolve(values.home) : await mkdtemp(join(tmpdir(), 'starling-'))
  try {
    return await measure(folder)
  } finally {
    if (values.home === undefined) await rm(folder, { recursive: true, maxRetries: 5 })
  }
}

async function measure(folder: string): Promise<number> {
  const { commit, machine } = setting()
  const isNew = !existsSync(join(folder, 'log'))
  await using server = await startChild(new URL('./harness/loaded.ts', import.meta.url), [
    ...['--folder', folder, ...(values.retrain ? ['--retrain'] : [])],
  ])
  const base = await ask<string>(server, { kind: 'address' })
  const site = openSite({
    ...{ plan: plans.get(values.world)!, seed: 'load', mix, pageSize: 10, clock: systemClock },
    users: Number(values.users ?? size.users),
    items: Number(values.items ?? size.items),
  })
  using transport = httpTransport({ base, connectionsMax: underWayMax, timeoutMs })
  const { signal } = stopping
  if (isNew) {
    await fillSite(site, transport, { perUser: deedsPerUser, signal, onProgress: progress })
    progress('learning', 0)
    process.stderr.write(`learned: ${await ask<string>(server, { kind: 'train' })}\n`)
  }
  const startedLoad = loadavg()[0]!
  const load = loader({
    ...{ site, transport, mix, signal, clock: systemClock, seed: 'load', onProgress: progress },
    warmUpSeconds: size.warmUpSeconds,
    onWarm: () => void (profiling && ask(server, { kind: 'profile' })),
  })
  let profiling = false
  let rate = rateOf()
  const lines: string[] = []
  if (values.find) {
    const found = await load.find(rate, seconds)
    lines.push(searchDescribed(found), '')
    rate = found.best ?? rate
  }
  profiling = values.profile !== undefined
  const result = await load.run(rate, seconds)
  if (values.profile !== undefined) {
    const profile = await ask<CpuProfile>(server, { kind: 'profiled' })
    await writeFile(values.profile, JSON.stringify(profile))
    lines.push(hotSpotsDescribed(profile, 25), '')
  }
  lines.push(described(result), '', `commit ${commit}; ${machine}; server and load share it`)
  lines.push(`load average ${startedLoad.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after`)
  process.stdout.write(`${lines.join('\n')}\n`)
  await write(result, { commit, machine })
  // A rate that is not held is a figure; a broken promise is a failure, and in a smoke test any.
  const isBroken = Object.keys(result.faults).length > 0
  return isBroken || (values.quick && isFaulty(result)) ? 1 : 0
}

async function write(result: LoadResult, where: object): Promise<void> {
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ ...where, ...result }, undefined, 2)}\n`)
  }
  if (values.html !== undefined) await writeFile(values.html, loadPicture(result))
}

function rateOf(): Rate {
  const ordinary = values.quick ? trickle : peak
  const feedsPerSecond = Number(
    values['feeds-per-second'] ?? (values.find ? searchFrom : ordinary.feedsPerSecond),
  )
  const perFeed = ordinary.eventsPerSecond / ordinary.feedsPerSecond
  const eventsPerSecond = Number(values['events-per-second'] ?? feedsPerSecond * perFeed)
  return { feedsPerSecond, eventsPerSecond }
}

function ask<Answer>(server: Child, question: LoadedQuestion): Promise<Answer> {
  return server.ask<Answer>(question)
}
