import type { People } from './people.ts'
import { dayMs, hourMs, type Stock } from './stock.ts'

/** What comes and goes within an hour, by number. */
export interface Changes {
  readonly items: readonly number[]
  readonly withdrawn: readonly number[]
  readonly users: readonly number[]
}

/** Comings and goings by the hour, from 0; what was there before the start comes with hour 0. */
export function changesOf(
  stock: Stock,
  people: People,
  { startsAt, days }: { readonly startsAt: number; readonly days: number },
): (hour: number) => Changes {
  const hours = hoursOf(stock, startsAt, startsAt + days * dayMs)
  return (hour) => {
    const day = hour / 24
    const users: number[] = []
    for (let user = 0; Number.isInteger(day) && user < people.count; user++) {
      if (people.arrivedOn[user] === day) users.push(user)
    }
    return { ...(hours.get(hour) ?? { items: [], withdrawn: [] }), users }
  }
}

type Hour = { readonly items: number[]; readonly withdrawn: number[] }

function hoursOf(stock: Stock, startsAt: number, endsAt: number): ReadonlyMap<number, Hour> {
  const hours = new Map<number, Hour>()
  const at = (time: number): Hour => {
    const hour = Math.max(0, Math.round((time - startsAt) / hourMs))
    let found = hours.get(hour)
    if (found === undefined) hours.set(hour, (found = { items: [], withdrawn: [] }))
    return found
  }
  for (let item = 0; item < stock.count; item++) {
    at(stock.from[item]!).items.push(item)
    if (stock.withdrawnAt[item]! < endsAt) at(stock.withdrawnAt[item]!).withdrawn.push(item)
  }
  return hours
}
