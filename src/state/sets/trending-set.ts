import type { Catalogue } from '../catalogue/catalogue.ts'
import { itemCounterColumn } from '../tables/item-counters.ts'
import { type CounterSetOptions, counterSet, type SetState } from './counter-set.ts'
import type { RankedSet } from './ranked-set.ts'

export interface TrendingSetOptions extends Omit<CounterSetOptions, 'measure'> {
  /** How fast heat fades: the column that items are compared by. */
  readonly heat: 'heatDay' | 'heatFortnight' | 'heatQuarter'
}

/**
 * The hottest items. Heat is held as the exponent of a forward-decayed sum, and these compare the
 * same at any time: nothing has to be touched as time goes by.
 */
export function trendingSet(
  state: SetState,
  catalogue: Catalogue,
  options: TrendingSetOptions,
): RankedSet {
  const column = itemCounterColumn[options.heat]
  return counterSet(state, catalogue, {
    ...options,
    measure: (data, start) => data[start + column]! || Number.NaN,
  })
}
