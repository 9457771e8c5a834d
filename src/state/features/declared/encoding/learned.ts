/**
 * What an encoding learned of the rows that it was fitted to. What the set declares itself is not
 * repeated here.
 */
export interface Learned {
  /** The words of each vocabulary that is learned, the commonest first: ids from 1. */
  readonly vocabularies: Readonly<Record<string, readonly string[]>>
  /** The quantiles of each column that is cut by them. */
  readonly bounds: Readonly<Record<string, readonly number[]>>
  /** Mean and standard deviation of each field that is standardised. */
  readonly scales: Readonly<Record<string, readonly [mean: number, deviation: number]>>
}
