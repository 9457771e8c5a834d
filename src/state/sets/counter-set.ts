import { grown } from '../../kernel/lists/grown.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { items } from '../projections/items.ts'
import type { State } from '../state.ts'
import { itemCounters } from '../tables/item-counters.ts'
import { type RankedSet, rankedSet } from './ranked-set.ts'

/** What the sets read of the state, and watch. */
export type SetState = Pick<State, 'ordinals' | 'rows' | 'watch' | 'watchRows'>

export interface CounterSetOptions {
  /** From a row of `itemCounters`, which starts at `start`; NaN where the item has no place. */
  readonly measure: (data: Float64Array, start: number) => number
  /** Tags attributes with a list for each tag; `channels` alone unless told. */
  readonly attributes?: readonly string[]
  /** 300 unless told. */
  readonly perScope?: number
}

/**
 * A ranked set by what happened to the items. Made when the catalogue is loaded, and before the
 * next event is folded; from then on every fold keeps it fresh.
 */
export function counterSet(
  state: SetState,
  catalogue: Catalogue,
  options: CounterSetOptions,
): RankedSet {
  const { measure, attributes = ['channels'], perScope = 300 } = options
  const rows = state.rows(itemCounters)
  const set = rankedSet(catalogue, {
    measure: (item) => (item < rows.rowCount ? measure(rows.data, item * rows.width) : Number.NaN),
    attributes,
    perScope,
  })
  for (let item = 0; item < rows.rowCount; item++) set.update(item)

  // Most changes of a row leave its measure as it was.
  let placedBy = new Float64Array(0)
  state.watchRows(itemCounters, (item) => {
    const now = measure(rows.data, item * rows.width)
    placedBy = grown(placedBy, item + 1, Number.NaN)
    if (Object.is(placedBy[item], now)) return
    placedBy[item] = now
    set.update(item)
  })
  // The catalogue watches the items too, and was there first: its columns are already up to date.
  state.watch(items, (id) => set.update(state.ordinals.of(id)!))
  return set
}
