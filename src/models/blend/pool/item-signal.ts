import type { Sequences } from '../../sequences.ts'

/** What is known of items beside what voices say, to somebody with this past: one number each. */
export type ItemSignal = (past: Uint32Array, items: Uint32Array) => Float32Array

/** log(1 + how often items were met in the newest rows). */
export function demandIn({ starts, items, itemCount }: Sequences, newestRows: number): ItemSignal {
  const counts = new Float32Array(itemCount)
  const from = starts[Math.max(0, starts.length - 1 - newestRows)]!
  for (let place = from; place < items.length; place++) counts[items[place]!]! += 1
  const logs = counts.map(Math.log1p)
  return (_, asked) => Float32Array.from(asked, (item) => logs[item]!)
}

/** 1 for what was met before; 1 for what was met last. */
export const wasMet: ItemSignal = (past, items) => {
  const met = new Set(past)
  return Float32Array.from(items, (item) => Number(met.has(item)))
}
export const wasLast: ItemSignal = (past, items) =>
  Float32Array.from(items, (item) => Number(item === past.at(-1)))

/**
 * The log of an item's share of what was met, where each meeting counts `decay` times the one after
 * it; never below the log of `floor`.
 */
export function fading(decay: number, floor: number): ItemSignal {
  return (past, items) => {
    const shares = new Map<number, number>()
    let [sum, share] = [0, 1]
    for (let place = past.length - 1; place >= 0; place--, share *= decay) {
      const item = past[place]!
      shares.set(item, (shares.get(item) ?? 0) + share)
      sum += share
    }
    return Float32Array.from(items, (item) =>
      Math.log((shares.get(item) ?? 0) / (sum || 1) + floor),
    )
  }
}
