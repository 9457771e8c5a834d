import type { Candidates, Order } from './candidates.ts'
import type { Query } from './query.ts'

/** Arranges the feed. A mixer can move and leave out rows; it can neither invent nor repeat one. */
export interface Mixer {
  readonly name: string
  mix(query: Query, candidates: Candidates, order: Order): Order
}
