import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { RankedSet } from '../../state/sets/ranked-set.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'

/** Items looked at before others get a turn: a millisecond or so. */
const stretch = 10_000

/**
 * Everything there is, until enough is found: the hottest first, then all items in the order in
 * which they became known. The last rung: where any item fits, it comes. Costs nothing while the
 * hottest suffice; where few items fit it looks at all of them, a stretch at a time.
 */
export function sweep(catalogue: Catalogue, set: RankedSet, fit: Fit): Source {
  return {
    name: 'sweep',
    needs: fit.needs,
    recall(query, limit) {
      const fits = fit.of(query)
      const hottest = set.top(query.channel, query.at, limit, fits)
      if (hottest.length === limit) return hottest
      const found = new Set(hottest)
      return walk(everything(catalogue, query.channel), found, limit, fits, query.signal)
    },
  }
}

interface Everything {
  readonly count: number
  at(place: number): Ordinal
}

function everything(catalogue: Catalogue, channel: string): Everything {
  if (channel === '') return { count: catalogue.size, at: (place) => place }
  const channels = catalogue.tags('channels')
  const code = channels?.code(channel)
  if (channels === undefined || code === undefined) return { count: 0, at: (place) => place }
  // A copy: others may fold events in between.
  const items = channels.items(code).slice()
  return { count: items.length, at: (place) => items[place]! }
}

async function walk(
  items: Everything,
  found: Set<Ordinal>,
  limit: number,
  fits: (item: Ordinal) => boolean,
  signal: AbortSignal,
): Promise<Ordinal[]> {
  for (let place = 0; place < items.count && found.size < limit; place++) {
    if (place % stretch === stretch - 1) {
      await new Promise(setImmediate)
      if (signal.aborted) break
    }
    const item = items.at(place)
    if (fits(item)) found.add(item)
  }
  return [...found]
}
