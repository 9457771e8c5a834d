import { invalid } from '../error.ts'
import { systemClock } from '../events/clock.ts'
import { defaultMix, mixOf } from '../insight/load/crowd/mix.ts'
import { openSite } from '../insight/load/crowd/site.ts'
import { described, searchDescribed } from '../insight/load/result/described.ts'
import { isFaulty } from '../insight/load/result/load-result.ts'
import { loadPicture } from '../insight/load/result/picture.ts'
import { plans } from '../insight/simulate/plans/plans.ts'
import type { Command } from './command.ts'
import { fillSite } from './load/fill-site.ts'
import { httpTransport } from './load/http-transport.ts'
import { loader, timeoutMs, underWayMax } from './load/loader.ts'
import { countOption, numberOption } from './options/number-option.ts'
import { resultFiles, resultOptions } from './options/result-files.ts'
import { worldDefault, worldOption } from './options/world-option.ts'

const defaults = { users: 20_000, items: 10_000, feeds: 100, seconds: 60 } as const

/** What a feed leads to, unless told: ten impressions, and a third as much again. */
const eventsPerFeed = 13

const deedsPerUser = 5

/** A server that has just been started compiles what it runs meanwhile. */
const warmUpSeconds = 10

/** `starling load`: how much does a server carry? */
export const loadCommand: Command = {
  name: 'load',
  usage: `starling load --against URL [options]

Users of a made-up world ask a server for pages at random moments of a stated rate, whatever the
server does, and report what they saw and did. Latencies count from the moment a request was meant
to be sent. All pages are held against what a feed promises. Withdraws items as it goes: load a
server whose data may be lost. Exits with 1 where anything failed or a promise was broken.

  --against URL            where the server is: http://127.0.0.1:7700
  --key K                  a key of the scopes ingest and serve (or STARLING_KEY), where it has keys
  --fill                   first put the world's items, and tell what its users did before
  --feeds-per-second F     pages asked for (${defaults.feeds})
  --events-per-second E    events reported (${eventsPerFeed} for each page)
  --seconds S              measured after ${warmUpSeconds} to warm up (${defaults.seconds})
  --find                   look for the largest rate held, from F on, S seconds for each try
  --mix LIST               what is asked for: ${mixText()}
  --world NAME             ${[...plans.keys()].join(', ')} (${worldDefault})
  --users N                users who may come (${defaults.users})
  --items N                items, as many as the server was filled with (${defaults.items})
  --size N                 items of a page (10)
  --seed S                 the same seed makes the same world (load)
  --html FILE              the result as a page, with latency over time
  --json FILE              the result for machines`,
  options: {
    ...{ against: { type: 'string' }, key: { type: 'string' }, fill: { type: 'boolean' } },
    'feeds-per-second': { type: 'string' },
    'events-per-second': { type: 'string' },
    ...{ seconds: { type: 'string' }, find: { type: 'boolean' }, mix: { type: 'string' } },
    ...{ world: { type: 'string' }, users: { type: 'string' }, items: { type: 'string' } },
    ...{ size: { type: 'string' }, seed: { type: 'string' } },
    ...resultOptions,
  },

  async run(call) {
    const { values, terminal, signal } = call
    const feedsPerSecond = numberOption(values, 'feeds-per-second', defaults.feeds, [0.1, 1e6])
    const events = numberOption(
      values,
      'events-per-second',
      feedsPerSecond * eventsPerFeed,
      [0, 1e8],
    )
    const seconds = numberOption(values, 'seconds', defaults.seconds, [1, 86_400])
    const mix = typeof values['mix'] === 'string' ? mixOf(values['mix']) : defaultMix
    const seed = String(values['seed'] ?? 'load')
    const write = await resultFiles(call)
    const site = openSite({
      ...{ plan: worldOption(values), seed, mix, clock: systemClock },
      users: countOption(values, 'users', defaults.users, [10, 1e7]),
      items: countOption(values, 'items', defaults.items, [50, 1e7]),
      pageSize: countOption(values, 'size', 10, [1, 100]),
    })
    const key = values['key'] ?? process.env['STARLING_KEY']
    using transport = httpTransport({
      base: addressOf(values['against']),
      connectionsMax: underWayMax,
      timeoutMs,
      ...(typeof key === 'string' && key !== '' && { key }),
    })
    // Where nobody answers, it says so before anything is filled or loaded.
    await transport.gauge()
    const onProgress = terminal.progress
    if (values['fill'] === true) {
      await fillSite(site, transport, { perUser: deedsPerUser, signal, onProgress })
    }
    const load = loader({
      ...{ site, transport, mix, clock: systemClock, seed, warmUpSeconds, signal, onProgress },
    })
    const rate = { feedsPerSecond, eventsPerSecond: events }
    const found = values['find'] === true ? await load.find(rate, seconds) : undefined
    if (found) terminal.print(`${searchDescribed(found)}\n`)
    const result = found ? (found.best ?? found.steps.at(-1)) : await load.run(rate, seconds)
    if (result === undefined) return 130
    terminal.print(described(result))
    await write({
      html: () => loadPicture(result),
      json: () => `${JSON.stringify(result, undefined, 2)}\n`,
    })
    return signal.aborted ? 130 : isFaulty(result) ? 1 : 0
  },
}

function mixText(): string {
  return Object.entries(defaultMix)
    .map(([kind, share]) => `${kind}=${share}`)
    .join(',')
}

function addressOf(text: string | boolean | undefined): string {
  if (typeof text !== 'string') throw invalid('against', 'must say where the server is')
  if (URL.canParse(text) && new URL(text).protocol === 'http:') return text
  throw invalid('against', `${text} must be an address such as http://127.0.0.1:7700`)
}
