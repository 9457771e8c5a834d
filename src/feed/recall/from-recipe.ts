import type { Ordinal } from '../../state/projections/projection.ts'
import type { State } from '../../state/state.ts'
import { needsOf, runRecipe } from '../pipeline/pipeline.ts'
import type { Recipe } from '../pipeline/recipe.ts'
import type { Source } from '../pipeline/source.ts'

/**
 * The best of another recipe, in its order: how one recipe is made of others. It runs as if it had
 * been asked itself, with chances of its own. Where it fails, the mix goes without.
 */
export function fromRecipe(recipe: () => Recipe, name: string, state: Pick<State, 'read'>): Source {
  return {
    name,
    // Asked for by the mix as well, so that it knows what speaks for what its parts bring.
    needs: (context) => needsOf(recipe(), context),
    async recall({ known: _, ...ask }, limit) {
      const part = { ...ask, request: `${ask.request}-${name}`, random: ask.random.fork(name) }
      const { entries } = await runRecipe(recipe(), part, state)
      const items: Ordinal[] = []
      for (const { item } of entries) if (items.length < limit) items.push(item)
      return items
    },
  }
}
