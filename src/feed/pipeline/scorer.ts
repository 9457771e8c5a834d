import type { Column, Context, Feature } from '../../state/features/feature.ts'
import type { Need } from '../../state/projections/projection.ts'
import type { Candidates, Row } from './candidates.ts'
import type { Inputs } from './inputs.ts'
import type { Query } from './query.ts'

/** Says how good each row is. A scorer can write its own columns, and nothing else. */
export interface Scorer {
  readonly name: string

  /** The features it reads. The pipeline fills what its scorers read, and no more. */
  readonly reads: readonly Feature[]
  readonly writes: readonly Column[]

  /** What it reads of the user besides what these features do. */
  needs?(context: Context): readonly Need[]

  /** One array per column of `writes`, one number per row. */
  score(
    query: Query,
    candidates: Candidates,
  ): readonly Float32Array[] | Promise<readonly Float32Array[]>

  /** The version of the model it asks, where it asks one. */
  readonly model?: string

  /** The version that it asked for this query, where not all are asked the same. */
  modelFor?(query: Query): string

  /**
   * What each of `reads` added to a row's score, in the same order, from its values of them: for
   * "why was this shown?". May be written to `into`, and is then that.
   */
  contributions?(values: Float32Array, query: Query, into?: Float32Array): Float32Array

  /** What it was given of some rows, where that is more than `reads`: logged as used. */
  inputs?(query: Query, candidates: Candidates, rows: readonly Row[]): Inputs

  /** What it foretold of each row of a run that it scored, and what was made of it. */
  foretold?(query: Query): Foretold | undefined
}

/** What a model foretold, head by head, before it became one score. */
export interface Foretold {
  readonly heads: readonly string[]
  /** How the score was made of the heads: `click × (1 + dwell)^0.3`, or the one head's name. */
  readonly formula: string
  /** One column per head, one number per row. */
  readonly columns: readonly Float32Array[]
}

/** The column that a recipe is ordered by, unless it says otherwise. */
export const score: Column = { name: 'score', absent: Number.NEGATIVE_INFINITY }

/**
 * How long a page waits for a model that computes elsewhere. Then the pipeline records that it was
 * late, and rows keep the scores of the stage before.
 */
export const scoringMs = 250
