import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Filter } from '../pipeline/filter.ts'
import { allOf, maskOf } from './mask.ts'

/**
 * Drops what doesn't belong to the channel asked for; of a channel that nobody knows, everything.
 */
export function dropOffChannel(catalogue: Pick<Catalogue, 'tags'>): Filter {
  return {
    name: 'drop-off-channel',
    keep({ channel }, candidates) {
      if (channel === '') return allOf(candidates)
      const channels = catalogue.tags('channels')
      const code = channels?.code(channel)
      return maskOf(candidates, (item) => code !== undefined && channels!.has(item, code))
    },
  }
}
