/** How widely recommendations spread over the catalogue: what accuracy alone does not tell. */
import { invalid } from '../../error.ts'

/** How often each item stands in the lists. */
export function exposureOf(lists: Iterable<ArrayLike<number>>, itemCount: number): Uint32Array {
  const counts = new Uint32Array(itemCount)
  for (const list of lists) {
    for (let place = 0; place < list.length; place++) counts[list[place]!]! += 1
  }
  return counts
}

/** The share of items that anybody was shown. */
export function coverage(exposure: Uint32Array): number {
  if (exposure.length === 0) throw invalid('exposure', 'is empty, must hold at least one item')
  return exposure.reduce((shown, count) => shown + (count > 0 ? 1 : 0), 0) / exposure.length
}

/** 0 where all items are shown equally often, towards 1 where one takes all (Gini 1912). */
export function gini(exposure: Uint32Array): number {
  const total = exposure.reduce((sum, count) => sum + count, 0)
  if (total === 0) throw invalid('exposure', 'is empty, must hold at least one shown item')
  const itemCount = exposure.length
  const weighted = exposure
    .toSorted()
    .reduce((sum, count, place) => sum + (2 * (place + 1) - itemCount - 1) * count, 0)
  return weighted / (itemCount * total)
}

/**
 * The mean over all that is shown of log2(users / users who met the item), in bits: how
 * unexpected a shown item is (Zhou et al. 2010). An item that nobody met counts as met by one.
 */
export function novelty(
  exposure: Uint32Array,
  metCounts: ArrayLike<number>,
  userCount: number,
): number {
  let [bits, shown] = [0, 0]
  for (const [item, count] of exposure.entries()) {
    bits += count * Math.log2(userCount / Math.max(1, metCounts[item]!))
    shown += count
  }
  if (shown === 0) throw invalid('exposure', 'is empty, must hold at least one shown item')
  return bits / shown
}
