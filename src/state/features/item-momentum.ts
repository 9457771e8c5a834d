import type { Timestamp } from '../../events/clock.ts'
import type { ActivityView } from '../activity/activity-view.ts'
import { weightsOf } from '../activity/deed-kinds.ts'
import { heatHalfLifeMs, type ItemCounter, itemCounterColumn } from '../tables/item-counters.ts'
import type { Rows as TableRows } from '../tables/table.ts'
import type { Feature, Rows } from './feature.ts'

/**
 * How an item is doing of late: heats from `itemCounters`, likes by the hour from `activity`.
 */
export function itemMomentum(counters: TableRows, activity: ActivityView): readonly Feature[] {
  const likesOf = likesLately(activity)
  return [
    heat(counters, 'heat-day', 'heatDay'),
    heat(counters, 'heat-fortnight', 'heatFortnight'),
    heat(counters, 'heat-quarter', 'heatQuarter'),
    {
      name: 'likes-today',
      absent: 0,
      description: 'Likes of the last 24 hours; ln(1 + n)',
      needs: () => [],
      fill({ at }, rows, _known, out) {
        const { today } = likesOf(rows, at)
        for (let row = 0; row < today.length; row++) {
          if (today[row] !== 0) out[row] = Math.log1p(today[row]!)
        }
      },
    },
    {
      name: 'rising',
      absent: 0,
      description:
        'Likes of the last 4 hours beside those expected at the rate of the day; ln of the ratio',
      needs: () => [],
      fill({ at }, rows, _known, out) {
        const { today, hours, spans } = likesOf(rows, at)
        for (let row = 0; row < today.length; row++) {
          if (today[row] === 0) continue
          const expected = (today[row]! * spans.hours) / spans.day
          out[row] = Math.log((1 + hours[row]!) / (1 + expected))
        }
      },
    },
  ]
}

function heat(
  counters: TableRows,
  name: string,
  column: Extract<ItemCounter, keyof typeof heatHalfLifeMs>,
): Feature {
  const halfLifeMs = heatHalfLifeMs[column]
  const place = itemCounterColumn[column]
  const description = `Likes, faded by half every ${halfLifeMs / 86_400_000} days; ln(1 + heat)`
  return {
    ...{ name, absent: 0, description },
    needs: () => [],
    fill({ at }, { items }, _known, out) {
      const { data, width, rowCount } = counters
      const now = at / halfLifeMs
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item < rowCount) out[row] = left(data[item * width + place]!, now)
      }
    },
  }
}

/** ln(1 + heat) of a heat that is held as an exponent; `now` in half-lives. */
function left(exponent: number, now: number): number {
  const faded = exponent - now
  // After so many half-lives nothing is left; most items are that cold, and need no logarithm.
  if (exponent === 0 || faded < -30) return 0
  // ln(1 + 2^x) is x ln 2 long before 2^x overflows. `exp` costs a fifth of a power of 2.
  return faded > 50 ? faded * Math.LN2 : Math.log1p(Math.exp(faded * Math.LN2))
}

const likes = weightsOf({ positive: 1 })

/** Likes by row. */
interface LikesLately {
  readonly at: Timestamp
  readonly version: number
  /** Of the last 24 hours. */
  readonly today: Float64Array
  /** Of the last 4; not looked up where nothing was liked today. */
  readonly hours: Float64Array
  /** How long both windows are, in hours. */
  readonly spans: { readonly day: number; readonly hours: number }
}

/** Likes of late, looked up once for both features of a request. */
function likesLately(activity: ActivityView): (rows: Rows, at: Timestamp) => LikesLately {
  const found = new WeakMap<Rows, LikesLately>()
  const [inDay, inHours] = [activity.lately(24, likes), activity.lately(4, likes)]
  return (rows, at) => {
    const before = found.get(rows)
    const { version } = activity
    if (before?.at === at && before.version === version) return before
    const { items } = rows
    const [day, last] = [inDay(at), inHours(at)]
    const [today, hours] = [new Float64Array(items.length), new Float64Array(items.length)]
    for (let row = 0; row < items.length; row++) {
      today[row] = day.of(items[row]!)
      if (today[row] !== 0) hours[row] = last.of(items[row]!)
    }
    const spans = { day: day.window.hours, hours: last.window.hours }
    const made = { at, version, today, hours, spans }
    found.set(rows, made)
    return made
  }
}
