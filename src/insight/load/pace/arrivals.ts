import type { Random } from '../../../kernel/random.ts'

/**
 * When the next one comes, in ms from the start, for ever: a Poisson process of the rate. Whoever
 * asks for a page does not know how the one before has fared, so neither do these times.
 */
export function arrivals(perSecond: number, random: Random): () => number {
  let atMs = 0
  return () => {
    // next() may be 0, and has no logarithm then: 1 minus it may not.
    atMs += (-Math.log(1 - random.next()) / perSecond) * 1_000
    return atMs
  }
}
