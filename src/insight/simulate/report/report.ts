import type { Random } from '../../../kernel/random.ts'
import type { Played } from '../play/play.ts'
import type { Breaches } from '../play/referee.ts'
import { type Sums, sumOf } from '../play/tally.ts'
import type { WorldOptions } from '../world/world.ts'
import { type GapClosed, gapClosed } from './gap-closed.ts'

/** How feeds did in a world: plain JSON. */
export interface Report {
  readonly world: string
  readonly description: string
  readonly users: number
  readonly items: number
  readonly days: number
  readonly seed: number | string
  /** The first of the days that count as the last ones (from 0). */
  readonly lastFrom: number
  readonly feeds: readonly FeedReport[]
  /** Of each feed that is none of the three: how much it closes of what popularity leaves open. */
  readonly gaps: readonly (GapClosed & { readonly feed: string })[]
}

export interface FeedReport {
  readonly feed: string
  /** By day: pages, expected clicks that please, and their share of what the oracle reached. */
  readonly days: readonly DayReport[]
  readonly overall: Figures
  readonly last: Figures
  /** Share of items that anybody was shown. */
  readonly coverage: number
  /** Of how often items were shown: 0 where all alike, towards 1 where one takes all. */
  readonly gini: number
  readonly breaches: Breaches
}

export interface DayReport {
  readonly pages: number
  readonly worth: number
  /** `null` where no oracle served. */
  readonly share: number | null
  /** Share of what the best pages would have been worth, for the same users at the same moments. */
  readonly possibleShare: number
}

export interface Figures {
  readonly pages: number
  readonly worth: number
  /** Worth as a share of the oracle's. */
  readonly share: number | null
  /** Worth as a share of that of the best pages, for the same users at the same moments. */
  readonly possibleShare: number
  /** Clicks per look. */
  readonly clickRate: number
  /** Bits. */
  readonly novelty: number
  readonly diversity: number
  /** Share of what was shown that had appeared within a day. */
  readonly newItemShare: number
  /** Share of pages that went to users within their first week, who arrived after the start. */
  readonly newUserShare: number
  /** The worth of those pages, as a share of what the oracle made of its own. */
  readonly newUserWorthShare: number | null
}

export function reportOf(
  { plan, users, items, days, seed }: WorldOptions,
  played: readonly Played[],
  random: Random,
): Report {
  const by = (name: string) => played.find(({ feed }) => feed === name)
  const [oracle, popularity] = [by('oracle'), by('popularity')]
  const lastFrom = played[0]?.lastFrom ?? 0
  const rules = new Set(['oracle', 'popularity', 'random'])
  const gaps =
    oracle && popularity
      ? played
          .filter(({ feed }) => !rules.has(feed))
          .map(({ feed, lastWorth }) => ({
            feed,
            ...gapClosed(
              { feed: lastWorth, floor: popularity.lastWorth, ceiling: oracle.lastWorth },
              random.fork(feed),
            ),
          }))
      : []
  return {
    ...{ world: plan.name, description: plan.description },
    ...{ users, items, days, seed, lastFrom },
    feeds: played.map((one) => feedReport(one, oracle)),
    gaps,
  }
}

function feedReport(played: Played, oracle: Played | undefined): FeedReport {
  const { feed, days, lastFrom, coverage, gini, breaches } = played
  const last = (of: Played): Sums => sumOf(of.days.slice(lastFrom))
  return {
    feed,
    days: days.map(({ pages, worth, possible }, day) => ({
      ...{ pages, worth, possibleShare: ratio(worth, possible) ?? 0 },
      share: ratio(worth, oracle?.days[day]?.worth),
    })),
    overall: figuresOf(sumOf(days), oracle && sumOf(oracle.days)),
    last: figuresOf(last(played), oracle && last(oracle)),
    ...{ coverage, gini, breaches },
  }
}

function figuresOf(sums: Sums, oracle: Sums | undefined): Figures {
  return {
    pages: sums.pages,
    worth: sums.worth,
    share: ratio(sums.worth, oracle?.worth),
    possibleShare: ratio(sums.worth, sums.possible) ?? 0,
    clickRate: ratio(sums.clicks, sums.looks) ?? 0,
    novelty: ratio(sums.novelty, sums.shown) ?? 0,
    diversity: ratio(sums.diversity, sums.pages) ?? 0,
    newItemShare: ratio(sums.newItems, sums.shown) ?? 0,
    newUserShare: ratio(sums.newUserPages, sums.pages) ?? 0,
    newUserWorthShare: ratio(sums.newUserWorth, oracle?.newUserWorth),
  }
}

function ratio(part: number, whole: number | undefined): number | null {
  return whole === undefined || whole === 0 ? null : part / whole
}
