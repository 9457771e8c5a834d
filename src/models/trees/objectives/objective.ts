/**
 * What trees are grown for. The score of a row is a sum over trees; an objective says how wrong the
 * scores are, and where they should go.
 */
export interface Objective {
  /** The score of all rows before the first tree. */
  readonly base: number

  /**
   * For each row the slope and the curvature of the loss by its score, one after the other. A
   * curvature is > 0 wherever a slope is not 0.
   */
  slopes(scores: Float64Array, pairs: Float32Array): void

  /** The less the better, per unit of weight: what decides when to stop. */
  loss(scores: Float64Array): number
}

/** Rows by what came of them. */
export interface Outcomes {
  readonly labels: Float32Array
  readonly weights: Float32Array
  /** Where each list of rows that stood beside one another begins, and the end. */
  readonly groups?: Uint32Array
}

export type ObjectiveName = 'logloss' | 'squared' | 'lambdamart'
