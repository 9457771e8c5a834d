import { freshEngineFeed } from '../engine/engine-feed.ts'
import { invalid } from '../error.ts'
import { ruleFeeds } from '../insight/simulate/feeds/rules.ts'
import { plans } from '../insight/simulate/plans/plans.ts'
import { htmlOf } from '../insight/simulate/report/html.ts'
import { breachLines, tableOf, verdicts } from '../insight/simulate/report/table.ts'
import { textPlot } from '../insight/simulate/report/text-plot.ts'
import { type FeedMaker, simulate } from '../insight/simulate/simulate.ts'
import type { Call, Command } from './command.ts'
import { countOption } from './options/number-option.ts'
import { resultFiles, resultOptions } from './options/result-files.ts'
import { worldDefault, worldOption } from './options/world-option.ts'

const defaults = { users: 300, items: 1_500, days: 14, seed: '1' } as const

/** `starling simulate`: does the engine learn, in a world where all tastes are known? */
export const simulateCommand: Command = {
  name: 'simulate',
  usage: `starling simulate [options]

Makes up users and items, lets them meet day by day on a clock of their own, and tells what each
feed is worth beside one that knows every taste. Nothing is kept; the state folder is not touched.
Exits with 1 where a feed broke a promise.

  --world NAME    ${[...plans.keys()].join(', ')} (${worldDefault} unless told)
  --users N       users at the start (${defaults.users})
  --items N       items at the start (${defaults.items})
  --days N        days (${defaults.days})
  --seed S        the same seed gives the same world (${defaults.seed})
  --feeds LIST    starling, popularity, random, oracle (all of them unless told)
  --html FILE     the report as a page, with a plot
  --json FILE     the report for machines`,
  options: {
    world: { type: 'string' },
    users: { type: 'string' },
    items: { type: 'string' },
    days: { type: 'string' },
    seed: { type: 'string' },
    feeds: { type: 'string' },
    ...resultOptions,
  },

  async run(call) {
    const { values, terminal, signal } = call
    const plan = worldOption(values)
    const write = await resultFiles(call)
    const report = await simulate({
      plan,
      users: countOption(values, 'users', defaults.users, [10, 10_000_000]),
      items: countOption(values, 'items', defaults.items, [50, 10_000_000]),
      days: countOption(values, 'days', defaults.days, [1, 3_650]),
      seed: String(values['seed'] ?? defaults.seed),
      feeds: feedsOf(values['feeds']),
      signal,
      onProgress: (feed, share) => terminal.progress(`${plan.name}: ${feed}`, share),
    })
    const parts = [textPlot(report), tableOf(report), ...verdicts(report), ...breachLines(report)]
    terminal.print(parts.filter((part) => part !== '').join('\n\n'))
    await write({
      html: () => htmlOf(report),
      json: () => `${JSON.stringify(report, null, 2)}\n`,
    })
    return report.feeds.some(({ breaches }) => breaches.count > 0) ? 1 : 0
  },
}

const makers: Readonly<Record<string, FeedMaker>> = {
  ...ruleFeeds,
  starling: ({ clock, random }) => freshEngineFeed({ clock, seed: random.below(2 ** 32) }),
}

/** Rules first: they take seconds, and what learns is held against them. */
const feedOrder = ['oracle', 'random', 'popularity', 'starling']

function feedsOf(list: Call['values'][string]): readonly FeedMaker[] {
  const wanted = typeof list === 'string' ? list.split(',').map((name) => name.trim()) : feedOrder
  for (const name of wanted) {
    if (!feedOrder.includes(name)) {
      throw invalid('feeds', `${name} must be one of ${feedOrder.join(', ')}`)
    }
  }
  return feedOrder.filter((name) => wanted.includes(name)).map((name) => makers[name]!)
}
