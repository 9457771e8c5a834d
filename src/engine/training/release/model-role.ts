import { recallFamilies } from '../kinds/recall/families.ts'
import { factorsName, rankerName } from '../model-names.ts'

/**
 * Where a model meets requests, and so how a version of it can be tried:
 *
 * - `feeds`: the ranker that orders every page for which no other is asked;
 * - `named`: rankers that a request asks for by name;
 * - `recall`: what sources and features go by. It brings candidates and orders none, so a page
 *   cannot be one model's: it is tried in the shadow alone.
 */
export type ModelRole = 'feeds' | 'named' | 'recall'

/** Models that recall, by their names. */
const recallNames: readonly string[] = [factorsName, ...recallFamilies.map(({ name }) => name)]

export function roleOf(model: string): ModelRole {
  if (model === rankerName) return 'feeds'
  return recallNames.includes(model) ? 'recall' : 'named'
}
