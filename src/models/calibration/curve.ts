/** What a probability that a model gives is worth: rises, and stays within [0, 1]. */
export interface Curve {
  readonly kind: 'platt' | 'isotonic'
  /** One probability for each. */
  apply(chances: Float32Array): Float32Array
  /** To be saved: `readCurve` makes the same curve of them. */
  readonly points: Float64Array
}

/** Rows with what a model foretold of them. */
export interface Judged {
  readonly chances: Float32Array
  readonly labels: Float32Array
  readonly weights: Float32Array
}
