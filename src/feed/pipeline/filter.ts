import type { Context } from '../../state/features/feature.ts'
import type { Need } from '../../state/projections/projection.ts'
import type { Candidates, Mask } from './candidates.ts'
import type { Query } from './query.ts'

/**
 * Decides what must not be shown. A filter can drop, and nothing else. A failing filter fails the
 * run.
 */
export interface Filter {
  readonly name: string
  needs?(context: Context): readonly Need[]
  keep(query: Query, candidates: Candidates): Mask | Promise<Mask>
}
