import type { RankedSet } from '../../../state/sets/ranked-set.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'
import { bestOf } from './best-of.ts'

/** What many like right now, by its heat. `set` is a `trendingSet`: its measures are exponents. */
export function trending(set: RankedSet, fit: Fit): Source {
  return bestOf('trending', set, fit, (items) => {
    const most = items.length === 0 ? 0 : set.measure(items[0]!)
    return items.map((item) => 2 ** (set.measure(item) - most))
  })
}
