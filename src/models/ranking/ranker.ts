import type { Model, Trainer } from '../model.ts'
import type { Field } from './field.ts'
import type { Examples, Rows } from './rows.ts'

/**
 * A model that tells, for rows of features, what may come of them.
 *
 * The narrower `RankingModel` of a recipe takes numbers alone and answers at once; this one takes
 * ids and histories as well, may foretell several things, and may compute in another library.
 */
export interface Ranker extends Model {
  readonly fields: readonly Field[]
  /** What it foretells, in this order: 'click', 'like', 'dwell' … */
  readonly heads: readonly string[]

  /**
   * For each head one number per row: a probability, or an expectation where the labels were no
   * chances. Rejects with `invalid_argument` for rows that are not of these fields. The signal
   * tells that nobody waits any more: what has not begun may be left out.
   */
  predict(rows: Rows, signal?: AbortSignal): Promise<readonly Float32Array[]>
}

/** What a ranker learns from; `validation` decides when to stop, and nothing else. */
export interface RankingData {
  readonly fields: readonly Field[]
  readonly train: Examples
  readonly validation?: Examples
}

export type RankerTrainer<M extends Ranker = Ranker> = Trainer<M, RankingData>
