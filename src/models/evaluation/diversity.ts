import type { Interactions } from '../interactions.ts'

/**
 * How unlike the items of one list are: the mean over pairs of one less the cosine of who met them
 * (Ziegler et al. 2005, intra-list similarity). 0 for lists of one item or none. `byItem` has a row
 * per item; only who met an item counts, not how much.
 */
export function intraListDistance(page: Uint32Array, byItem: Interactions): number {
  let [sum, pairCount] = [0, 0]
  for (let one = 0; one < page.length; one++) {
    for (let other = one + 1; other < page.length; other++) {
      sum += 1 - cosine(byItem, page[one]!, page[other]!)
      pairCount++
    }
  }
  return pairCount === 0 ? 0 : sum / pairCount
}

/** Of two rows of zeros and ones; 0 where either is empty. Both are ascending: one pass. */
function cosine({ starts, columns }: Interactions, one: number, other: number): number {
  let [left, right] = [starts[one]!, starts[other]!]
  const [leftEnd, rightEnd] = [starts[one + 1]!, starts[other + 1]!]
  const sizes = (leftEnd - left) * (rightEnd - right)
  if (sizes === 0) return 0
  let shared = 0
  while (left < leftEnd && right < rightEnd) {
    const difference = columns[left]! - columns[right]!
    if (difference === 0) shared++
    if (difference <= 0) left++
    if (difference >= 0) right++
  }
  return shared / Math.sqrt(sizes)
}
