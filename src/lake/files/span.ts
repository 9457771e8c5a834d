import type { Timestamp } from '../../events/clock.ts'

/**
 * Folders of the lake: `hour=2026112203` while it is news, then a day, a month, a year. What is
 * small and old lies together, so that a question to all of it opens a few hundred files and not a
 * file for each hour of ten years.
 */
export type SpanKind = 'hour' | 'day' | 'month' | 'year'

/** `hour=2026112203`, `day=20261122`, `month=202611`, `year=2026`. */
export type Span = string

const digits = { hour: 10, day: 8, month: 6, year: 4 } as const

/** From when on spans of the kind are used, as seen from a moment: coarser the longer ago. */
export function spanLimits(now: Timestamp): Readonly<Record<'hour' | 'day' | 'month', Timestamp>> {
  const date = new Date(now)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  return {
    hour: utc(year, month, day - 1),
    day: utc(year, month - 1, 1),
    month: utc(year - 1, 0, 1),
  }
}

/** The span that a moment belongs to, as seen from another. */
export function spanOf(at: Timestamp, now: Timestamp): Span {
  const limits = spanLimits(now)
  const kind =
    at >= limits.hour ? 'hour' : at >= limits.day ? 'day' : at >= limits.month ? 'month' : 'year'
  const text = new Date(at).toISOString().replace(/\D/g, '')
  return `${kind}=${text.slice(0, digits[kind])}`
}

/** The first moment of a span, and the first after it. */
export function spanBounds(span: Span): { readonly from: Timestamp; readonly until: Timestamp } {
  const [kind, text] = span.split('=') as [SpanKind, string]
  const part = (start: number, end: number): number => Number(text.slice(start, end) || '0')
  const [year, month] = [part(0, 4), Math.max(1, part(4, 6)) - 1]
  const [day, hour] = [Math.max(1, part(6, 8)), part(8, 10)]
  const next = { hour: 0, day: 0, month: 0, year: 0, [kind]: 1 }
  return {
    from: utc(year, month, day, hour),
    until: utc(year + next.year, month + next.month, day + next.day, hour + next.hour),
  }
}

/** `Date.UTC` takes the years 0 to 99 for those of the last century. */
function utc(year: number, month: number, day: number, hour = 0): Timestamp {
  return new Date(0).setUTCFullYear(year, month, day) + hour * 3_600_000
}
