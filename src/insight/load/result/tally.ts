import { histogram } from '../../../kernel/statistics/histogram.ts'
import type { Kind } from '../crowd/mix.ts'
import type { AskedPage, ReportOutcome } from '../transport.ts'
import { type Lane, openLane, type Span } from './lane.ts'
import { type LoadResult, laneResult, type SecondRow } from './load-result.ts'

/** What a load has met with so far. */
export interface Tally {
  readonly feeds: Lane
  readonly reports: Lane
  kind(kind: Kind): Lane
  /** Something that was due has begun: by as much as it is late, we are slow ourselves. */
  begun(dueMs: number, nowMs: number): void
  delivered(page: AskedPage): void
  reported(outcome: ReportOutcome, nowMs: number): void
  /** What a failure said: the first few are kept. */
  example(words: string): void
  /** A second is over. */
  second(line: { readonly underWay: number; readonly waiting: number }): void
  /** What is counted here, over the seconds that were measured. */
  sums(seconds: number): TallySums
}

export type TallySums = Pick<
  LoadResult,
  | 'feeds'
  | 'reports'
  | 'byKind'
  | 'eventsAccepted'
  | 'eventsRefused'
  | 'deliveries'
  | 'degraded'
  | 'examples'
  | 'lateP99Ms'
  | 'perSecond'
>

const examplesMax = 5

export function openTally(span: () => Span): Tally {
  const [feeds, reports] = [openLane(span), openLane(span)]
  const byKind = new Map<Kind, Lane>()
  const deliveries = new Map<string, number>()
  const refused = new Map<string, number>()
  const lateness = histogram()
  const rows: SecondRow[] = []
  const examples = new Set<string>()
  let [degraded, accepted] = [0, 0]
  const count = (counts: Map<string, number>, name: string, by = 1): void => {
    counts.set(name, (counts.get(name) ?? 0) + by)
  }

  const example = (words: string): void => {
    if (examples.size < examplesMax) examples.add(words)
  }

  return {
    ...{ feeds, reports },
    kind(kind) {
      const known = byKind.get(kind) ?? openLane(span)
      byKind.set(kind, known)
      return known
    },
    begun(dueMs, nowMs) {
      if (dueMs >= span().fromMs) lateness.record((nowMs - dueMs) * 1_000)
    },
    delivered(page) {
      count(deliveries, page.delivery)
      if (page.degraded !== undefined) degraded++
    },
    reported(outcome, nowMs) {
      const { fromMs, toMs } = span()
      if (nowMs >= fromMs && nowMs <= toMs) accepted += outcome.accepted
      if (outcome.duplicates > 0) count(refused, 'known already', outcome.duplicates)
      for (const { code, message } of outcome.rejected) {
        count(refused, code)
        example(message)
      }
    },
    example,
    second({ underWay, waiting }) {
      const { recent } = feeds
      rows.push({
        feeds: recent.count,
        p50Ms: recent.quantile(0.5) / 1_000,
        p99Ms: recent.quantile(0.99) / 1_000,
        maxMs: recent.max / 1_000,
        reports: reports.recent.count,
        reportsP99Ms: reports.recent.quantile(0.99) / 1_000,
        ...{ underWay, waiting },
      })
      recent.clear()
      reports.recent.clear()
    },
    sums: (seconds) => ({
      feeds: laneResult(feeds, seconds),
      reports: laneResult(reports, seconds),
      byKind: Object.fromEntries(
        [...byKind].map(([kind, lane]) => [kind, laneResult(lane, seconds)]),
      ),
      eventsAccepted: accepted / seconds,
      eventsRefused: Object.fromEntries(refused),
      deliveries: Object.fromEntries(deliveries),
      degraded,
      examples: [...examples],
      lateP99Ms: lateness.quantile(0.99) / 1_000,
      perSecond: rows,
    }),
  }
}
