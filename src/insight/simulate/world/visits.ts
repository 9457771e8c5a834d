import type { Chance } from './chance.ts'
import type { Draw } from './mixture.ts'
import type { People } from './people.ts'
import type { VisitPlan } from './plan.ts'
import { dayMs, hourMs } from './stock.ts'

/** Somebody comes, whatever the feed has shown so far: the same for every feed. */
export interface Visit {
  readonly user: number
  readonly at: number
  /** Day × 64 + number of the visit within it: with the user, its name. */
  readonly serial: number
}

/** Whoever is back sooner has not been away: visits end before. */
export const gapMs = 45 * 60_000

const visitsMax = 20

/**
 * The visits of a day, the earliest first: a Poisson number per user, at hours of the user's own
 * day.
 */
export function visitsOf(
  plan: VisitPlan,
  people: People,
  startsAt: number,
  draw: Draw,
): (day: number) => readonly Visit[] {
  const [counts, times] = [draw('visit counts'), draw('visit times')]
  const cumulated = cumulate(plan.byHour)
  return (day) => {
    const visits: Visit[] = []
    for (let user = 0; user < people.count; user++) {
      if (people.arrivedOn[user]! > day) continue
      // Whoever is new came for something.
      const least = day > 0 && people.arrivedOn[user] === day ? 1 : 0
      const count = Math.max(least, poisson(people.rates[user]!, counts.uniform(user, day)))
      const at = Array.from({ length: count }, (_, turn) => {
        const hour = hourBy(cumulated, times.uniform(user, day, turn)) - people.homeHours[user]!
        return Math.floor(startsAt + day * dayMs + (((hour % 24) + 24) % 24) * hourMs)
      }).sort((a, b) => a - b)
      for (const [turn, time] of at.entries()) {
        const before = at[turn - 1] ?? Number.NEGATIVE_INFINITY
        if (time - before < gapMs) continue
        visits.push({ user, at: time, serial: day * 64 + turn })
      }
    }
    return visits.sort((a, b) => a.at - b.at || a.user - b.user)
  }
}

/** By inversion (Devroye 1986, X.3.3). */
function poisson(mean: number, u: number): number {
  let chance = Math.exp(-mean)
  let sum = chance
  let count = 0
  while (u > sum && count < visitsMax) {
    count++
    chance *= mean / count
    sum += chance
  }
  return count
}

function cumulate(byHour: readonly number[]): readonly number[] {
  const total = byHour.reduce((sum, share) => sum + share, 0)
  let sum = 0
  return byHour.map((share) => (sum += share / total))
}

/** A time of day in hours, fractions included. */
function hourBy(cumulated: readonly number[], u: number): number {
  const hour = cumulated.findIndex((sum) => u <= sum)
  if (hour < 0) return 23
  const before = cumulated[hour - 1] ?? 0
  return hour + (u - before) / (cumulated[hour]! - before)
}

/** A number of pages with the mean, 1 at least: after each, people are as likely to go. */
export function pagesFor(mean: number, chance: Chance, visit: Visit): number {
  if (mean <= 1) return 1
  const stays = (mean - 1) / mean
  return 1 + Math.floor(Math.log(chance.uniform(visit.user, visit.serial)) / Math.log(stays))
}
