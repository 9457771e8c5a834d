/**
 * Sums that fade with time, by forward decay (Cormode, Shkapenyuk, Srivastava & Xu, ICDE 2009): a
 * contribution of weight w at time t counts w * 2^(t / halfLife), and is never touched again. Such
 * sums overflow, so their base-2 logarithm is held instead; it compares as the faded sums do, at
 * any time, and is turned into one by `decayedAt`.
 *
 * 0 means "nothing yet" (rows of tables begin as zeros): real exponents are far from 0, since times
 * count from 1970 and half-lives are shorter than that.
 */
export function addDecayed(
  exponent: number,
  weight: number,
  atMs: number,
  halfLifeMs: number,
): number {
  const added = Math.log2(weight) + atMs / halfLifeMs
  if (exponent === 0) return added
  const high = Math.max(exponent, added)
  const low = Math.min(exponent, added)
  return high + Math.log2(1 + 2 ** (low - high))
}

/** The faded sum as it stands at `nowMs`. */
export function decayedAt(exponent: number, nowMs: number, halfLifeMs: number): number {
  return exponent === 0 ? 0 : 2 ** (exponent - nowMs / halfLifeMs)
}
