import type { Query } from '../../src/feed/pipeline/query.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'

/** One moment at which somebody liked something: what was known just before it. */
export interface Moment {
  readonly at: number
  readonly user: string
  /** What the user did so far, as far back as the data go, each item once, the newest last. */
  readonly likes: { readonly items: Uint32Array; readonly weights: Float32Array }
  /** The request that a feed would have been made for. */
  readonly ask: Omit<Query, 'known'>
}

/** One number per item of the catalogue, or a list, best first; what is not in it was not found. */
export type Ranking =
  | { readonly scores: Float32Array }
  | { readonly list: ArrayLike<Ordinal> }

/** A way to recommend. One that makes several lists on the way enters them all, each as a row. */
export interface Contender {
  readonly rows: readonly string[]
  /** What it cost to learn. */
  readonly trainSeconds: number
  readonly peakBytes: number
  /** One ranking per row, over the whole catalogue; what the user did already is left out later. */
  rank(moment: Moment): readonly Ranking[] | Promise<readonly Ranking[]>
}
