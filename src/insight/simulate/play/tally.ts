import { coverage, gini } from '../../../models/evaluation/exposure.ts'
import type { Meeting, Stay } from '../world/stay.ts'
import { dayMs } from '../world/stock.ts'
import type { World } from '../world/world.ts'

/** What came of one day, or of several. */
export interface Sums {
  pages: number
  shown: number
  looks: number
  clicks: number
  /** Clicks that please, expected: the reward. */
  worth: number
  /** What the best pages would have been worth, to the same users at the same moments. */
  possible: number
  /** Shown items that had appeared within the last day. */
  newItems: number
  /** Pages of users who arrived after the start, within their first week; and their worth. */
  newUserPages: number
  newUserWorth: number
  /** Bits, over shown items: log2(users / users who clicked the item so far). */
  novelty: number
  /** Over pages: one less the mean likeness of any two of its items (cosine). */
  diversity: number
}

export interface Tally {
  readonly days: readonly Sums[]
  /** By user: the worth of the last days. */
  readonly lastWorth: Float64Array
  /** The first of the last days. */
  readonly lastFrom: number
  readonly coverage: number
  readonly gini: number
}

const emptySums = (): Sums => ({
  ...{ pages: 0, shown: 0, looks: 0, clicks: 0, worth: 0, possible: 0 },
  ...{ newItems: 0, newUserPages: 0, newUserWorth: 0, novelty: 0, diversity: 0 },
})

export function sumOf(days: readonly Sums[]): Sums {
  const total = emptySums()
  for (const day of days) {
    for (const name of Object.keys(total) as (keyof Sums)[]) total[name] += day[name]
  }
  return total
}

/** A page, and what came of it. */
export interface Met {
  readonly day: number
  readonly at: number
  readonly stay: Stay
  readonly items: readonly number[]
  readonly meeting: Meeting
  /** The worth of the best page that could have been shown instead. */
  readonly possible: number
}

/** New for so long. */
const newItemMs = dayMs
const newUserDays = 7

export function openTally(world: World) {
  const { people, stock, days: dayCount } = world
  // A week, or the later half where all is shorter than two.
  const lastFrom = dayCount - Math.min(7, Math.ceil(dayCount / 2))
  const days: Sums[] = Array.from({ length: dayCount }, emptySums)
  const lastWorth = new Float64Array(people.count)
  const exposure = new Uint32Array(stock.count)
  const clickers = new Uint32Array(stock.count)

  return {
    add({ day, stay, items, meeting, possible, at }: Met): void {
      const sums = days[day]!
      const isNewUser =
        people.arrivedOn[stay.user]! > 0 && day - people.arrivedOn[stay.user]! < newUserDays
      sums.pages += 1
      sums.shown += items.length
      sums.looks += meeting.looks
      sums.clicks += meeting.clicked.length
      sums.worth += meeting.worth
      sums.possible += possible
      if (day >= lastFrom) lastWorth[stay.user]! += meeting.worth
      if (isNewUser) {
        sums.newUserPages += 1
        sums.newUserWorth += meeting.worth
      }
      for (const item of items) {
        exposure[item]! += 1
        if (at - stock.from[item]! < newItemMs) sums.newItems += 1
        sums.novelty += Math.log2(people.count / Math.max(1, clickers[item]!))
      }
      for (const item of meeting.clicked) clickers[item]! += 1
      sums.diversity += diversityOf(items, stock)
    },

    take: (): Tally => ({
      ...{ days, lastWorth, lastFrom, coverage: coverage(exposure) },
      gini: exposure.some((count) => count > 0) ? gini(exposure) : 0,
    }),
  }
}

function diversityOf(items: readonly number[], { vectors, dims }: World['stock']): number {
  let [sum, pairs] = [0, 0]
  for (const [place, one] of items.entries()) {
    for (const other of items.slice(place + 1)) {
      let product = 0
      for (let part = 0; part < dims; part++) {
        product += vectors[one * dims + part]! * vectors[other * dims + part]!
      }
      sum += 1 - product
      pairs++
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}
