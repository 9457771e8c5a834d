import type { Column, Feature } from '../../state/features/feature.ts'
import type { Candidates } from './candidates.ts'
import type { Query } from './query.ts'

/** Says how good each row is. A scorer can write its own columns, and nothing else. */
export interface Scorer {
  readonly name: string

  /** The features it reads. The pipeline fills what its scorers read, and no more. */
  readonly reads: readonly Feature[]
  readonly writes: readonly Column[]

  /** One array per column of `writes`, one number per row. */
  score(
    query: Query,
    candidates: Candidates,
  ): readonly Float32Array[] | Promise<readonly Float32Array[]>

  /** The version of the model it asks, where it asks one. */
  readonly model?: string

  /**
   * What each of `reads` added to the row's score, in the same order: for "why was this shown?".
   */
  contributions?(candidates: Candidates, row: number): Float32Array
}

/** The column that a recipe is ordered by, unless it says otherwise. */
export const score: Column = { name: 'score', absent: Number.NEGATIVE_INFINITY }
