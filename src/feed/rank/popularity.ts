import type { Column } from '../../state/features/feature.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Scorer } from '../pipeline/scorer.ts'

/**
 * How much an item pleased most people: the order for a user of whom nothing is known. `measure` is
 * that of a `popularSet`; items that it has no number for come last.
 */
export function popularity(measure: (item: Ordinal) => number, writes: Column): Scorer {
  return {
    name: 'popularity',
    reads: [],
    writes: [writes],
    score: (_query, { items }) => [
      Float32Array.from(items, (item) => {
        const value = measure(item)
        return Number.isNaN(value) ? writes.absent : value
      }),
    ],
  }
}
