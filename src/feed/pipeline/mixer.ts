import type { Candidates, Order } from './candidates.ts'
import type { Query } from './query.ts'

/** Arranges the feed. A mixer can move and leave out rows; it can neither invent nor repeat one. */
export interface Mixer {
  readonly name: string

  /**
   * Only the first `places` will be shown, all unless told: what lies behind them need not be
   * arranged, but stays for the mixers that follow.
   */
  mix(query: Query, candidates: Candidates, order: Order, places?: number): Order
}
