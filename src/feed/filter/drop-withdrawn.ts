import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Filter } from '../pipeline/filter.ts'
import { maskOf } from './mask.ts'

/** Drops what can't be shown at this moment: withdrawn, not yet available, or no longer. */
export function dropWithdrawn(catalogue: Pick<Catalogue, 'servable'>): Filter {
  return {
    name: 'drop-withdrawn',
    keep: ({ at }, candidates) => maskOf(candidates, (item) => catalogue.servable(item, at)),
  }
}
