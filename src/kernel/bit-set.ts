/** A set of small whole numbers in which the n-th member is found fast: what uniform draws need. */
export interface BitSet {
  readonly size: number
  has(member: number): boolean
  add(member: number): void
  delete(member: number): void
  /** The member with `rank` smaller ones; `rank` must be below `size`. */
  at(rank: number): number
}

/** Members are counted by the block, so that `at` looks at one count per 1,024 numbers. */
const blockWords = 32

export function bitSet(): BitSet {
  let words = new Uint32Array(blockWords)
  let counts = new Uint16Array(1)
  let size = 0

  const reach = (member: number): void => {
    const blocks = Math.floor(member / (blockWords * 32)) + 1
    if (blocks <= counts.length) return
    const length = Math.max(blocks, counts.length * 2)
    const [oldWords, oldCounts] = [words, counts]
    words = new Uint32Array(length * blockWords)
    counts = new Uint16Array(length)
    words.set(oldWords)
    counts.set(oldCounts)
  }

  const has = (member: number): boolean => ((words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0

  const flip = (member: number, by: 1 | -1): void => {
    words[member >>> 5]! ^= 1 << (member & 31)
    counts[Math.floor(member / (blockWords * 32))]! += by
    size += by
  }

  return {
    get size() {
      return size
    },
    has,
    add(member) {
      if (has(member)) return
      reach(member)
      flip(member, 1)
    },
    delete(member) {
      if (has(member)) flip(member, -1)
    },
    at(rank) {
      let left = rank
      let block = 0
      while (left >= counts[block]!) left -= counts[block++]!
      let word = block * blockWords
      for (let count = onesOf(words[word]!); left >= count; count = onesOf(words[word]!)) {
        left -= count
        word++
      }
      let bits = words[word]!
      for (; left > 0; left--) bits &= bits - 1
      return word * 32 + 31 - Math.clz32(bits & -bits)
    },
  }
}

/** How many bits of a 32-bit word are set (Warren, Hacker's Delight, figure 5-2). */
function onesOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
