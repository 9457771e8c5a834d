import { type Combination, combined, formulaOf } from '../../models/ranking/combination.ts'
import type { Query } from '../pipeline/query.ts'
import type { Foretold } from '../pipeline/scorer.ts'

/** What a scene makes of several heads; undefined where the first of them stands alone. */
export type CombinationOf = (scene: string) => Combination | undefined

/** Makes one number of what a model foretells, and remembers of each run what it was made of. */
export interface Valuer {
  /**
   * The scores of a run's rows, from one column per head. Throws `invalid_argument` where the
   * scene's combination names a head that the model does not have.
   */
  score(query: Query, columns: readonly Float32Array[]): Float32Array
  of(query: Query): Foretold | undefined
}

/**
 * A model of one head is ordered by it, whatever the scene says of several: a combination is of
 * things that were foretold side by side.
 *
 * @param head the place of the head that is ordered by where nothing is declared
 */
export function valuer(
  heads: readonly string[],
  combinationOf: CombinationOf = () => undefined,
  head = 0,
): Valuer {
  const told = new WeakMap<Query, Foretold>()
  return {
    score(query, columns) {
      const combination = heads.length > 1 ? combinationOf(query.scene) : undefined
      const scores =
        combination === undefined ? columns[head]! : combined(combination, heads, columns)
      const formula = combination === undefined ? heads[head]! : formulaOf(combination)
      told.set(query, { heads, formula, columns })
      return scores
    },
    of: (query) => told.get(query),
  }
}
