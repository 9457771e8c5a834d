import { knowledge } from '../../src/engine/folds.ts'
import { orderedSources, recipesOf } from '../../src/engine/recipes/recipes.ts'
import {
  defaultAttributes,
  openResidents,
  type Residents,
} from '../../src/engine/recipes/residents.ts'
import type { Recipe } from '../../src/feed/pipeline/recipe.ts'
import type { RankerInForce } from '../../src/feed/rank/learned.ts'
import type { Factors } from '../../src/state/features/user-vector.ts'
import { openState } from '../../src/state/folded-state.ts'
import type { State } from '../../src/state/state.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'

/** The engine's knowledge and its recipe without the engine: no files, no server, no clock. */
export interface World extends AsyncDisposable {
  readonly state: State
  readonly residents: Residents
  readonly recipe: Recipe
  /** From now on recall and features know these factors. */
  expectBy(factors: Factors | undefined): void
  /** From now on the recipe is ranked by this model. */
  rankBy(ranker: RankerInForce | undefined): void
}

/** A world in which nothing has happened yet. */
export async function openWorld(): Promise<World> {
  const state = await openState({ store: memoryStore(), ...knowledge })
  let factors: Factors | undefined
  let ranker: RankerInForce | undefined
  const residents = await openResidents({
    state,
    attributes: defaultAttributes,
    sources: orderedSources,
    factors: () => factors,
    at: 0,
  })
  return {
    state,
    residents,
    recipe: recipesOf(residents, () => ranker).feed,
    expectBy: (next) => {
      factors = next
    },
    rankBy: (next) => {
      ranker = next
    },
    [Symbol.asyncDispose]: () => state[Symbol.asyncDispose](),
  }
}
