import type { Order, Row } from '../pipeline/candidates.ts'

/** The rows that were placed, and behind them all others in the order in which they stood. */
export function withRest(placed: readonly Row[], order: Order, isPlaced: Uint8Array): Order {
  if (placed.length === order.length) return placed
  return placed.concat(order.filter((row) => isPlaced[row] === 0))
}
