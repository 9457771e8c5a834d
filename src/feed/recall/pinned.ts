import type { Ordinals } from '../../state/state.ts'
import type { Query } from '../pipeline/query.ts'
import type { Source } from '../pipeline/source.ts'
import type { Pins } from '../rules.ts'
import type { Fit } from './fit.ts'

/** What operators pinned in the scene, so that the mixer `pin` finds it among the candidates. */
export function pinned(
  ordinals: Pick<Ordinals, 'of'>,
  pinsOf: (query: Query) => Pins,
  fit: Fit,
): Source {
  return {
    name: 'pinned',
    needs: fit.needs,
    recall(query, limit) {
      const fits = fit.of(query)
      const pins = [...(pinsOf(query)[query.scene] ?? [])]
      pins.sort((one, other) => one.position - other.position)
      const items = pins
        .map(({ item }) => ordinals.of(item))
        .filter((item) => item !== undefined)
        .filter(fits)
      return [...new Set(items)].slice(0, limit)
    },
  }
}
