import type { Timestamp } from '../../events/clock.ts'
import { bestList } from '../../kernel/best-list.ts'
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
  // The next to come is the best of those that wait.
  const waiting = bestList(Number.POSITIVE_INFINITY)
  let reached = at
  const set = rankedSet(catalogue, {
    measure: (item) => (waiting.has(item) ? Number.NaN : catalogue.availableFrom(item)),
    attributes,
    perScope,
  })

  const update = (item: Ordinal): void => {
    const from = catalogue.availableFrom(item)
    if (from > reached) waiting.put(item, -from)
    else waiting.delete(item)
    set.update(item)
  }

  const admitUntil = (at: Timestamp): void => {
    reached = Math.max(reached, at)
    while (waiting.size > 0 && catalogue.availableFrom(waiting.at(0)) <= reached) {
      update(waiting.at(0))
    }
  }

  for (let item = 0; item < catalogue.size; item++) update(item)
  state.watch(items, (id, stored) => {
    reached = Math.max(reached, stored?.changedAt ?? reached)
    update(state.ordinals.of(id)!)
  })
  return {
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
