import { parameters, signalsInForce, signalsParameter } from '../projections/parameters.ts'
import { itemCounterColumn } from '../tables/item-counters.ts'
import type { Rows as TableRows } from '../tables/table.ts'
import type { Feature } from './feature.ts'

const { impressions, clicks, positives, negatives, signalSum, ratings, ratingSum } =
  itemCounterColumn

// Observations that each item is given beforehand, so that one click of one view is no proof.
const viewsBefore = 20
const clicksBefore = 1
const opinionsBefore = 5
const ratingsBefore = 5

/** Whoever rates by other numbers than stars still must not drown everything else. */
const starsMax = 100

/** What happened to an item so far: how much, and how well it went. Rows of `itemCounters`. */
export function itemActivity(counters: TableRows): readonly Feature[] {
  return [
    countOf(counters, 'impressions', impressions, 'Impressions'),
    countOf(counters, 'clicks', clicks, 'Clicks'),
    countOf(counters, 'likes', positives, 'Likes'),
    clickRate(counters),
    likeRate(counters),
    meanSignal(counters),
    meanRating(counters),
  ]
}

// Each has a loop of its own: what they have in common would be called for every row, and calling
// costs as much as what is called.

/** ln(1 + n) of the counts that most items have: a logarithm costs as much as all else of a row. */
const logs = Float64Array.from({ length: 4_096 }, (_, count) => Math.log1p(count))

function logOf(count: number): number {
  const whole = count >>> 0
  return whole === count && whole < logs.length ? logs[whole]! : Math.log1p(count)
}

function countOf(counters: TableRows, name: string, column: number, what: string): Feature {
  return {
    name,
    absent: 0,
    description: `${what} so far; ln(1 + n)`,
    needs: () => [],
    fill(_context, { items }, _known, out) {
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item < rowCount) out[row] = logOf(data[item * width + column]!)
      }
    },
  }
}

function clickRate(counters: TableRows): Feature {
  return {
    name: 'click-rate',
    absent: clicksBefore / viewsBefore,
    description: 'Clicks per impression, shrunk towards 1 in 20',
    needs: () => [],
    fill(_context, { items }, _known, out) {
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item >= rowCount) continue
        const clicked = data[item * width + clicks]!
        // Clicks may come from places that report no impressions.
        const views = Math.max(data[item * width + impressions]!, clicked)
        out[row] = (clicked + clicksBefore) / (views + viewsBefore)
      }
    },
  }
}

function likeRate(counters: TableRows): Feature {
  return {
    name: 'like-rate',
    absent: 0.5,
    description: 'Likes per opinion, shrunk towards one half',
    needs: () => [],
    fill(_context, { items }, _known, out) {
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item >= rowCount) continue
        const liked = data[item * width + positives]!
        const opinions = liked + data[item * width + negatives]!
        out[row] = (liked + opinionsBefore / 2) / (opinions + opinionsBefore)
      }
    },
  }
}

function meanSignal(counters: TableRows): Feature {
  return {
    name: 'mean-signal',
    absent: 0,
    description: 'Signals per opinion, shrunk towards 0',
    needs: () => [],
    fill(_context, { items }, _known, out) {
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item >= rowCount) continue
        const start = item * width
        const opinions = data[start + positives]! + data[start + negatives]!
        out[row] = data[start + signalSum]! / (opinions + opinionsBefore)
      }
    },
  }
}

function meanRating(counters: TableRows): Feature {
  return {
    name: 'mean-rating',
    absent: 0,
    description: 'Stars above what the signals call neutral, on average, shrunk towards 0',
    needs: () => [{ projection: parameters, key: signalsParameter }],
    fill(_context, { items }, known, out) {
      const neutral = signalsInForce(known).rate?.neutral ?? 0
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item >= rowCount) continue
        const count = data[item * width + ratings]!
        const above = data[item * width + ratingSum]! - neutral * count
        const mean = above / (count + ratingsBefore)
        out[row] = Math.max(-starsMax, Math.min(starsMax, mean))
      }
    },
  }
}
