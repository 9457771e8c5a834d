import { writeFile } from 'node:fs/promises'
import { freshEngineFeed } from '../engine/engine-feed.ts'
import { invalid } from '../error.ts'
import { ruleFeeds } from '../insight/simulate/feeds/rules.ts'
import { plans } from '../insight/simulate/plans/plans.ts'
import { htmlOf } from '../insight/simulate/report/html.ts'
import { breachLines, tableOf, verdicts } from '../insight/simulate/report/table.ts'
import { textPlot } from '../insight/simulate/report/text-plot.ts'
import { type FeedMaker, simulate } from '../insight/simulate/simulate.ts'
import type { Call, Command } from './command.ts'

const defaults = { world: 'movies', users: 300, items: 1_500, days: 14, seed: '1' } as const

/** `starling simulate`: does the engine learn, in a world where all tastes are known? */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'rehearse in a made-up world with known tastes, and see how well the feed learns',
  usage: `starling simulate [options]

Makes up users and items, lets them meet day by day on a clock of their own, and tells what each
feed is worth beside one that knows every taste. Nothing is kept; the state folder is not touched.
Exits with 1 where a feed broke a promise.

  --world NAME    ${[...plans.keys()].join(', ')} (${defaults.world} unless told)
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
    html: { type: 'string' },
    json: { type: 'string' },
  },

  async run({ values, terminal, signal }) {
    const plan = plans.get(String(values['world'] ?? defaults.world))
    if (plan === undefined) {
      throw invalid('world', `${values['world']} must be one of ${[...plans.keys()].join(', ')}`)
    }
    const report = await simulate({
      plan,
      users: countOf(values, 'users', [10, 10_000_000]),
      items: countOf(values, 'items', [50, 10_000_000]),
      days: countOf(values, 'days', [1, 3_650]),
      seed: String(values['seed'] ?? defaults.seed),
      feeds: feedsOf(values['feeds']),
      signal,
      onProgress: (feed, share) => terminal.progress(`${plan.name}: ${feed}`, share),
    })
    const parts = [textPlot(report), tableOf(report), ...verdicts(report), ...breachLines(report)]
    terminal.print(parts.filter((part) => part !== '').join('\n\n'))
    for (const [format, text] of [
      ['html', htmlOf(report)],
      ['json', `${JSON.stringify(report, null, 2)}\n`],
    ] as const) {
      const file = values[format]
      if (typeof file !== 'string') continue
      await writeFile(file, text)
      terminal.tell(`report in ${file}`)
    }
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

function countOf(
  values: Call['values'],
  name: 'users' | 'items' | 'days',
  [least, most]: readonly [number, number],
): number {
  const told = values[name]
  if (told === undefined) return defaults[name]
  const count = Number(told)
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw invalid(name, `${told} must be a whole number >= ${least} and <= ${most}`)
}
