import type { Catalogue } from '../catalogue/catalogue.ts'
import { itemCounterColumn } from '../tables/item-counters.ts'
import { type CounterSetOptions, counterSet, type SetState } from './counter-set.ts'
import type { RankedSet } from './ranked-set.ts'

/** Opinions that each item is given beforehand, of signal 0: few cheers don't outdo many. */
const doubt = 10

const { positives, negatives, signalSum } = itemCounterColumn

/**
 * How much an item pleased: the mean signal, shrunk towards 0, times the logarithm of how many had
 * an opinion. From a row of `itemCounters` that starts at `start`; NaN where nobody had one.
 */
export function popularityIn(data: Float64Array, start: number): number {
  const count = data[start + positives]! + data[start + negatives]!
  if (count === 0) return Number.NaN
  return (data[start + signalSum]! / (count + doubt)) * Math.log1p(count)
}

/**
 * The items that pleased most of all time. Safe to show to somebody of whom nothing is known.
 */
export function popularSet(
  state: SetState,
  catalogue: Catalogue,
  options: Omit<CounterSetOptions, 'measure'> = {},
): RankedSet {
  return counterSet(state, catalogue, { ...options, measure: popularityIn })
}
