import type { Artifact } from '../model.ts'
import type { Field } from './field.ts'
import type { Ranker, RankerTrainer } from './ranker.ts'
import type { Examples, Rows } from './rows.ts'

/**
 * Learns from a stream: a row at a time, each row once, in the order they come.
 *
 * It holds no rows, so memory is that of its weights. To save `model()` and to `resume` from what
 * was saved gives the same learner, bit by bit, so a process may end between any two rows.
 */
export interface OnlineLearner<M extends Ranker = Ranker> {
  readonly fields: readonly Field[]
  readonly heads: readonly string[]

  /**
   * For each head what was foretold of each row just before it was learned: an honest figure, since
   * no row is judged by what it taught (progressive validation; McMahan et al., KDD 2013, section
   * 5).
   *
   * Throws `invalid_argument` for rows or labels that are not of these fields and heads; nothing of
   * them is learned then.
   */
  learn(examples: Examples): readonly Float64Array[]

  /** What is known now; later rows don't change it. */
  model(): M
}

/** Makes learners, besides fitting what has come together already. */
export interface OnlineTrainer<M extends Ranker = Ranker> extends RankerTrainer<M> {
  start(start: OnlineStart): OnlineLearner<M>

  /** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
  resume(artifact: Artifact): OnlineLearner<M>
}

export interface OnlineStart {
  readonly fields: readonly Field[]
  readonly heads: readonly string[]
  readonly seed: number | string
  /**
   * Rows to take the scales of the numbers from, once: without them numbers are left as they are.
   */
  readonly like?: Rows
}
