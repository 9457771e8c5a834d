import { promises } from '../play/referee.ts'
import type { FeedReport, Report } from './report.ts'

/** Name, what it means, and the cell of a feed. */
export interface ReportColumn {
  readonly name: string
  readonly meaning: string
  cell(feed: FeedReport): string
}

const percent = (share: number | null): string =>
  share === null ? '–' : `${(100 * share).toFixed(1)} %`

/** What is told of each feed, besides how it did day by day. */
export const columns: readonly ReportColumn[] = [
  {
    name: 'last days',
    meaning: 'clicks that please, expected, in the last days, as a share of the oracle’s',
    cell: ({ last }) => percent(last.share),
  },
  {
    name: 'all days',
    meaning: 'the same over all days',
    cell: ({ overall }) => percent(overall.share),
  },
  {
    name: 'of best',
    meaning:
      'worth of pages in the last days, as a share of the best pages for the same users, who ' +
      'had been shown the same, at the same moments',
    cell: ({ last }) => percent(last.possibleShare),
  },
  {
    name: 'clicks',
    meaning: 'clicks per item looked at, in the last days',
    cell: ({ last }) => percent(last.clickRate),
  },
  {
    name: 'coverage',
    meaning: 'share of the catalogue that anybody was shown',
    cell: ({ coverage }) => percent(coverage),
  },
  {
    name: 'Gini',
    meaning: 'how unevenly items were shown: 0 all alike, 1 one takes all',
    cell: ({ gini }) => gini.toFixed(2),
  },
  {
    name: 'novelty',
    meaning: 'bits: log2 of users per user who had clicked the item, in the last days',
    cell: ({ last }) => last.novelty.toFixed(1),
  },
  {
    name: 'diversity',
    meaning: 'how unlike the items of a page are, 0 to 1, in the last days',
    cell: ({ last }) => last.diversity.toFixed(2),
  },
  {
    name: 'new items',
    meaning: 'share of what was shown that had appeared within a day, in the last days',
    cell: ({ last }) => percent(last.newItemShare),
  },
  {
    name: 'newcomers',
    meaning: 'what pages of users in their first week were worth, as a share of the oracle’s',
    cell: ({ last }) => percent(last.newUserWorthShare),
  },
  {
    name: 'breaches',
    meaning: `promises broken: ${promises.join(', ')}`,
    cell: ({ breaches }) => String(breaches.count),
  },
]

/** What closes the gap, in words. */
export function verdicts({ gaps, lastFrom, days }: Report): readonly string[] {
  return gaps.map(
    ({ feed, closed, low, high }) =>
      `On days ${lastFrom + 1} to ${days}, ${feed} closes ${percent(closed)} of the gap between ` +
      `popularity and the oracle (95 % of bootstrap samples of users: ${percent(low)} to ` +
      `${percent(high)}).`,
  )
}

/** The report as a table for a terminal. */
export function tableOf(report: Report): string {
  const head = ['', ...columns.map(({ name }) => name)]
  const body = report.feeds.map((feed) => [feed.feed, ...columns.map(({ cell }) => cell(feed))])
  const widths = head.map((_, place) =>
    Math.max(...[head, ...body].map((row) => [...row[place]!].length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, place) => (place === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[place]!)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(head), rule, ...body.map(line)].join('\n')
}

/** What was broken, feed by feed; empty where all kept their promises. */
export function breachLines({ feeds }: Report): readonly string[] {
  return feeds.flatMap(({ feed, breaches }) => {
    if (breaches.count === 0) return []
    const kinds = promises.flatMap((kind) =>
      breaches.byKind[kind] > 0 ? [`${kind} ${breaches.byKind[kind]}`] : [],
    )
    return [`${feed} broke ${kinds.join(', ')}:`, ...breaches.first.map((what) => `  ${what}`)]
  })
}
