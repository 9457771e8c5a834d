import type { Timestamp } from '../../events/clock.ts'
import { Agenda } from '../../kernel/agenda.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { items } from '../projections/items.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { SetState } from './counter-set.ts'
import { type RankedSet, type RankedSetOptions, rankedSet } from './ranked-set.ts'

export interface FreshSetOptions extends Partial<Omit<RankedSetOptions, 'measure'>> {
  /** The time at which the set is made. */
  readonly at: Timestamp
}

/**
 * The newest items. Those whose time has yet to come wait outside, so that a long schedule can't
 * push out what is new today, and enter with the first request after it came. Made when the
 * catalogue is loaded, and before the next event is folded.
 */
export function freshSet(
  state: Pick<SetState, 'ordinals' | 'watch'>,
  catalogue: Catalogue,
  options: FreshSetOptions,
): RankedSet {
  const { at, attributes = ['channels'], perScope = 300 } = options
  const scheduled = new Agenda()
  let reached = at
  const set = rankedSet(catalogue, {
    measure: (item) => {
      const from = catalogue.availableFrom(item)
      return from <= reached ? from : Number.NaN
    },
    attributes,
    perScope,
  })

  const update = (item: Ordinal): void => {
    const from = catalogue.availableFrom(item)
    if (from > reached) scheduled.add(from, item)
    set.update(item)
  }

  /** An item that was put off meanwhile is on the agenda again; this time it changes nothing. */
  const admitUntil = (at: Timestamp): void => {
    reached = Math.max(reached, at)
    for (let item = scheduled.due(reached); item !== undefined; item = scheduled.due(reached)) {
      set.update(item)
    }
  }

  for (let item = 0; item < catalogue.size; item++) update(item)
  state.watch(items, (id, stored) => {
    reached = Math.max(reached, stored?.changedAt ?? reached)
    update(state.ordinals.of(id)!)
  })
  return {
    measure: set.measure,
    top(channel, at, limit, accept) {
      admitUntil(at)
      return set.top(channel, at, limit, accept)
    },
    topOfTag(attribute, code, at, limit, accept) {
      admitUntil(at)
      return set.topOfTag(attribute, code, at, limit, accept)
    },
  }
}
