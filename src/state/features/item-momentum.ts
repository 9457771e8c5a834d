import { heatHalfLifeMs, type ItemCounter, itemCounterColumn } from '../tables/item-counters.ts'
import { windowSum } from '../tables/item-windows.ts'
import type { Rows as TableRows } from '../tables/table.ts'
import type { Feature } from './feature.ts'
import { fromRow } from './item-activity.ts'

/**
 * How an item is doing of late: heats from `itemCounters`, likes by the hour from `itemWindows`.
 */
export function itemMomentum(counters: TableRows, windows: TableRows): readonly Feature[] {
  return [
    heat(counters, 'heat-day', 'heatDay'),
    heat(counters, 'heat-fortnight', 'heatFortnight'),
    heat(counters, 'heat-quarter', 'heatQuarter'),
    window(windows, 'likes-today', 'Likes of the last 24 hours; ln(1 + n)', (rows, item, at) =>
      Math.log1p(windowSum(rows, item, at, 24)),
    ),
    window(
      windows,
      'rising',
      'Likes of the last 4 hours beside those expected at the rate of the day; ln of the ratio',
      (rows, item, at) => {
        const today = windowSum(rows, item, at, 24)
        return today === 0 ? 0 : Math.log((1 + windowSum(rows, item, at, 4)) / (1 + today / 6))
      },
    ),
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
  return fromRow(counters, { name, absent: 0 }, description, (data, start, at) => {
    const exponent = data[start + place]!
    const faded = exponent - at / halfLifeMs
    // After so many half-lives nothing is left; most items are that cold, and need no logarithm.
    if (exponent === 0 || faded < -30) return 0
    // ln(1 + 2^x) is x ln 2 long before 2^x overflows.
    return faded > 50 ? faded * Math.LN2 : Math.log1p(2 ** faded)
  })
}

function window(
  rows: TableRows,
  name: string,
  description: string,
  of: (rows: TableRows, item: number, at: number) => number,
): Feature {
  return {
    name,
    absent: 0,
    description,
    needs: () => [],
    fill({ at }, { items }, _known, out) {
      // As they stand now: the rows of a state look up their array at every access.
      const { data, width, rowCount } = rows
      const now = { data, width, rowCount }
      for (let row = 0; row < items.length; row++) {
        if (items[row]! < rowCount) out[row] = of(now, items[row]!, at)
      }
    },
  }
}
