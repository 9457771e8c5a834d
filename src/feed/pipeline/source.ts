import type { Context } from '../../state/features/feature.ts'
import type { Need } from '../../state/projections/projection.ts'
import type { Recalled } from './candidates.ts'
import type { Query } from './query.ts'

/** Proposes items. A source can add, and nothing else. */
export interface Source {
  readonly name: string

  /**
   * What it has in common with others that come and go: features tell of all of them together, by
   * this name. It must be the name of no source.
   */
  readonly family?: string

  /** The user's values it will read from `query.known`. */
  needs?(context: Context): readonly Need[]

  /**
   * Up to `limit` items, best first. An empty answer is an answer. May propose what filters drop.
   */
  recall(query: Query, limit: number): Recalled | Promise<Recalled>
}
