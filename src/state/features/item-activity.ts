import { parameters, signalsInForce, signalsParameter } from '../projections/parameters.ts'
import { itemCounterColumn } from '../tables/item-counters.ts'
import type { Rows as TableRows } from '../tables/table.ts'
import type { Column, Feature } from './feature.ts'

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
  const count = (name: string, column: number, what: string): Feature =>
    fromRow(counters, { name, absent: 0 }, `${what} so far; ln(1 + n)`, (data, start) =>
      Math.log1p(data[start + column]!),
    )
  return [
    count('impressions', impressions, 'Impressions'),
    count('clicks', clicks, 'Clicks'),
    count('likes', positives, 'Likes'),
    fromRow(
      counters,
      { name: 'click-rate', absent: clicksBefore / viewsBefore },
      'Clicks per impression, shrunk towards 1 in 20',
      (data, start) => {
        // Clicks may come from places that report no impressions.
        const views = Math.max(data[start + impressions]!, data[start + clicks]!)
        return (data[start + clicks]! + clicksBefore) / (views + viewsBefore)
      },
    ),
    fromRow(
      counters,
      { name: 'like-rate', absent: 0.5 },
      'Likes per opinion, shrunk towards one half',
      (data, start) =>
        (data[start + positives]! + opinionsBefore / 2) /
        (data[start + positives]! + data[start + negatives]! + opinionsBefore),
    ),
    fromRow(
      counters,
      { name: 'mean-signal', absent: 0 },
      'Signals per opinion, shrunk towards 0',
      (data, start) =>
        data[start + signalSum]! /
        (data[start + positives]! + data[start + negatives]! + opinionsBefore),
    ),
    meanRating(counters),
  ]
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

/** A feature that follows from the item's row of a table and the time of the request. */
export function fromRow(
  rows: TableRows,
  column: Column,
  description: string,
  of: (data: Float64Array, start: number, at: number) => number,
): Feature {
  return {
    ...column,
    description,
    needs: () => [],
    fill({ at }, { items }, _known, out) {
      const { data, width, rowCount } = rows
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (item < rowCount) out[row] = of(data, item * width, at)
      }
    },
  }
}
