import { invalid } from '../../../../error.ts'
import type { Feature } from '../../feature.ts'
import type { DeclaredSet } from '../declaration.ts'
import { movies, moviesInOrder } from './movies.ts'
import { news, newsOneHot } from './news.ts'
import { loggedFeatures, ownFeatures } from './own-features.ts'
import { posts } from './posts.ts'

/**
 * All sets that come with the engine, a file each. To add one: write its file, and name it here.
 */
export const declaredSets: readonly DeclaredSet[] = [movies, moviesInOrder, news, newsOneHot, posts]

/**
 * Throws `invalid_argument` for a name that no set has.
 *
 * @param coming features of sources that come and go, beside the engine's own
 */
export function declaredSet(
  name: string,
  features: readonly Feature[],
  coming: readonly Feature[] = [],
): DeclaredSet {
  const all = [...declaredSets, ownFeatures(features), loggedFeatures(features, coming)]
  const found = all.find((set) => set.name === name)
  if (found !== undefined) return found
  const known = all.map((set) => set.name).join(', ')
  throw invalid('set', `${JSON.stringify(name)} is not declared; there are ${known}`)
}
