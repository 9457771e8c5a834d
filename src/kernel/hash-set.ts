import type { HashWords } from './hash.ts'

/**
 * A set of 64-bit hashes in flat arrays, by linear probing at a load of at most one half. Two
 * generations bound it: when the young one is full the old one is forgotten, so the newest
 * `countMax / 2` hashes at least are always remembered.
 */
export function hashSet(countMax: number): HashSet {
  let young = table(1_024)
  let old = table(1_024)
  return {
    has: (hash) => young.has(hash) || old.has(hash),
    add(hash) {
      if (young.size >= countMax / 2) {
        old = young
        young = table(1_024)
      }
      if (young.size * 2 >= young.capacity) young = young.grown()
      young.add(hash)
    },
  }
}

export interface HashSet {
  has(hash: HashWords): boolean
  add(hash: HashWords): void
}

function table(capacity: number) {
  // A slot is free while both words are 0; the one hash that is (0, 0) is filed as (0, 1).
  const words = new Uint32Array(capacity * 2)
  const mask = capacity - 1
  let size = 0

  const find = (high: number, low: number): number => {
    for (let slot = high & mask; ; slot = (slot + 1) & mask) {
      const [slotHigh, slotLow] = [words[slot * 2]!, words[slot * 2 + 1]!]
      if ((slotHigh === 0 && slotLow === 0) || (slotHigh === high && slotLow === low)) return slot
    }
  }

  const self = {
    capacity,
    get size() {
      return size
    },
    has({ high, low }: HashWords): boolean {
      const slot = find(high, filed(high, low))
      return words[slot * 2] !== 0 || words[slot * 2 + 1] !== 0
    },
    add({ high, low }: HashWords): void {
      const slot = find(high, filed(high, low))
      if (words[slot * 2] === 0 && words[slot * 2 + 1] === 0) size++
      words[slot * 2] = high
      words[slot * 2 + 1] = filed(high, low)
    },
    grown() {
      const next = table(capacity * 2)
      for (let slot = 0; slot < capacity; slot++) {
        const hash = { high: words[slot * 2]!, low: words[slot * 2 + 1]! }
        if (hash.high !== 0 || hash.low !== 0) next.add(hash)
      }
      return next
    },
  }
  return self
}

function filed(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low
}
