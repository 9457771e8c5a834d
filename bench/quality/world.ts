import { recipesOf, sourceNames } from '../../src/engine/recipes.ts'
import { defaultAttributes, openResidents, type Residents } from '../../src/engine/residents.ts'
import { knowledge } from '../../src/engine/folds.ts'
import type { RankerInForce } from '../../src/feed/rank/learned.ts'
import type { Recipe } from '../../src/feed/pipeline/recipe.ts'
import type { Factors } from '../../src/state/features/user-vector.ts'
import { openState } from '../../src/state/folded-state.ts'
import type { State } from '../../src/state/state.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'

/** The engine's knowledge and its recipe without the engine: no files, no server, no clock. */
export interface World extends AsyncDisposable {
  readonly state: State
  readonly residents: Residents
  readonly recipe: Recipe
  /** Takes models into force, as the engine does after a training. */
  serve(factors: Factors | undefined, ranker: RankerInForce | undefined): void
}

export async function openWorld(): Promise<World> {
  const state = await openState({ store: memoryStore(), ...knowledge })
  let inForce: { factors?: Factors | undefined; ranker?: RankerInForce | undefined } = {}
  const residents = await openResidents({
    state,
    attributes: defaultAttributes,
    sources: sourceNames,
    factors: () => inForce.factors,
    at: 0,
  })
  return {
    state,
    residents,
    recipe: recipesOf(residents, () => inForce.ranker).feed,
    serve: (factors, ranker) => {
      inForce = { factors, ranker }
    },
    [Symbol.asyncDispose]: () => state[Symbol.asyncDispose](),
  }
}
