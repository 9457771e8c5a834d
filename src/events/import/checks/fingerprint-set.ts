import { hashText } from '../../../kernel/hash.ts'
import { hashSet } from '../../../kernel/hash-set.ts'

/**
 * A set of texts that keeps 64 bits of each: 20 million take half a gigabyte, where the texts would
 * take several. Two of n texts are taken for one with probability n² / 2^65: 1e-5 at 20 million.
 */
export interface FingerprintSet {
  readonly size: number
  /** Adds a text; false where it was there already. */
  add(text: string): boolean
  has(text: string): boolean
}

export function fingerprintSet(): FingerprintSet {
  // Never full, so it never forgets.
  const hashes = hashSet(Number.POSITIVE_INFINITY)
  let size = 0
  return {
    get size() {
      return size
    },
    add(text) {
      const hash = hashText(text)
      if (hashes.has(hash)) return false
      hashes.add(hash)
      size++
      return true
    },
    has: (text) => hashes.has(hashText(text)),
  }
}
