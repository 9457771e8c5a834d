import type { Timestamp } from '../../events/clock.ts'
import type { Action } from '../../events/event.ts'
import { interestDay } from './lasting.ts'

/** What a user did, in numbers. */
export interface Statistics {
  /** Deeds of each kind, in the order in which they came up. */
  readonly actions: Readonly<Partial<Record<Action, number>>>
  /** Days with a deed, ascending: the newest one by one, so that two users' can be joined. */
  readonly days: readonly number[]
  /** Active days before these. */
  readonly daysBefore: number
  readonly sessions: number
  readonly firstAt: Timestamp
  readonly lastAt: Timestamp
  readonly ratings: Ratings
}

/** Mean and spread of ratings as they come (Welford 1962). */
export interface Ratings {
  readonly count: number
  readonly mean: number
  /** Sum of squared distances from the mean. */
  readonly squares: number
}

const dayCountMax = 366

const noRatings: Ratings = { count: 0, mean: 0, squares: 0 }

/** The statistics with one deed more; `begins` where it began a session. */
export function counted(
  before: Statistics | undefined,
  deed: { readonly action: Action; readonly value: number | undefined; readonly at: Timestamp },
  begins: boolean,
): Statistics {
  const { action, value, at } = deed
  const { actions = {}, days: past = [], daysBefore = 0, ratings = noRatings } = before ?? {}
  const days = withDay(past, interestDay(at))
  const forgotten = Math.max(0, days.length - dayCountMax)
  const isRating = action === 'rate' && value !== undefined
  return {
    actions: { ...actions, [action]: (actions[action] ?? 0) + 1 },
    days: forgotten === 0 ? days : days.slice(forgotten),
    daysBefore: daysBefore + forgotten,
    sessions: (before?.sessions ?? 0) + (begins ? 1 : 0),
    firstAt: Math.min(before?.firstAt ?? at, at),
    lastAt: Math.max(before?.lastAt ?? at, at),
    ratings: isRating ? joinedRatings(ratings, { count: 1, mean: value, squares: 0 }) : ratings,
  }
}

/** The statistics of two users who turned out to be one. */
export function joined(one: Statistics, other: Statistics): Statistics {
  const actions: Record<string, number> = { ...one.actions }
  for (const [action, count] of Object.entries(other.actions)) {
    actions[action] = (actions[action] ?? 0) + count
  }
  const days = union(one.days, other.days)
  const forgotten = Math.max(0, days.length - dayCountMax)
  return {
    actions,
    days: days.slice(forgotten),
    daysBefore: one.daysBefore + other.daysBefore + forgotten,
    sessions: one.sessions + other.sessions,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    ratings: joinedRatings(one.ratings, other.ratings),
  }
}

/** Sums of squares of two parts of a whole (Chan, Golub & LeVeque 1979). */
function joinedRatings(one: Ratings, other: Ratings): Ratings {
  const count = one.count + other.count
  if (other.count === 0) return one
  if (one.count === 0) return other
  const delta = other.mean - one.mean
  return {
    count,
    mean: one.mean + (delta * other.count) / count,
    squares: one.squares + other.squares + (delta * delta * one.count * other.count) / count,
  }
}

function withDay(days: readonly number[], day: number): readonly number[] {
  // Most deeds are of the newest day, or of one after it.
  const newest = days.length === 0 ? -1 : days[days.length - 1]!
  if (newest === day) return days
  if (day < newest) return union(days, [day])
  const more = days.slice()
  more.push(day)
  return more
}

function union(days: readonly number[], others: readonly number[]): readonly number[] {
  if (others.every((day) => days.includes(day))) return days
  return [...new Set([...days, ...others])].sort((a, b) => a - b)
}
