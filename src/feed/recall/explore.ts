import type { RareSet } from '../../state/sets/rare-set.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'

/**
 * Items that were shown to few, all equally likely: without them a feed only learns more of what it
 * knows. The place in the list is chance and says nothing.
 */
export function explore(rare: RareSet, fit: Fit): Source {
  return {
    name: 'explore',
    needs: fit.needs,
    recall: (query, limit) =>
      rare.sample(query.channel, query.at, limit, query.random.fork('explore'), fit.of(query)),
  }
}
