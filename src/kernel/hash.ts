/**
 * 64 bits of a text as two unsigned words: two multiply-xorshift lanes over its UTF-16 units,
 * finished as MurmurHash3's fmix32 does. Not for secrets; for tables and fingerprints.
 */
export function hashText(text: string): HashWords {
  let [high, low] = [0x9e3779b9 ^ text.length, 0x85ebca6b]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x9e3779b1)
    low = Math.imul(low ^ unit, 0x5bd1e995)
    high ^= high >>> 13
    low ^= low >>> 15
  }
  return { high: finish(high ^ Math.imul(low, 0x27d4eb2f)), low: finish(low ^ high) }
}

export interface HashWords {
  readonly high: number
  readonly low: number
}

function finish(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
