import { type Turn, turnsOf, type Verdict, verdictNeeds } from '../projections/verdicts.ts'
import type { Rows, Table } from './table.ts'

/**
 * How many users like each item, and how they rate it: what stands, where `itemCounters` counts
 * what happened. Who rates anew is counted once, and whoever was erased no longer.
 */
export const itemVerdicts: Table<ItemVerdict, Turn> = {
  name: 'item-verdicts',
  version: 1,
  columns: ['likes', 'ratings', 'ratingSum'],

  reads: verdictNeeds,

  changes: ({ event }, past) => turnsOf(event, past).map((turn) => [turn.item, turn]),

  fold(data, start, { before, after }) {
    count(data, start, before, -1)
    count(data, start, after, 1)
    // What sums of fractions leave over is no rating.
    if (data[start + at.ratings] === 0) data[start + at.ratingSum] = 0
  },
}

export type ItemVerdict = 'likes' | 'ratings' | 'ratingSum'

/** Column numbers by name. */
const at: Readonly<Record<ItemVerdict, number>> = { likes: 0, ratings: 1, ratingSum: 2 }

export const itemVerdictColumn = at

/** What stands of one item. */
export function verdictsOn(
  { data, width, rowCount }: Rows,
  item: number,
): { readonly likes: number; readonly ratings: number; readonly ratingSum: number } {
  if (item >= rowCount) return { likes: 0, ratings: 0, ratingSum: 0 }
  const start = item * width
  return {
    likes: data[start + at.likes]!,
    ratings: data[start + at.ratings]!,
    ratingSum: data[start + at.ratingSum]!,
  }
}

function count(
  data: Float64Array,
  start: number,
  verdict: Verdict | undefined,
  sign: 1 | -1,
): void {
  if (verdict === undefined) return
  if (verdict.liked) data[start + at.likes]! += sign
  if (verdict.value === undefined) return
  data[start + at.ratings]! += sign
  data[start + at.ratingSum]! += sign * verdict.value
}
