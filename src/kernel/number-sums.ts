/**
 * Sums by 32-bit number: what a Map of numbers does, some ten times faster where thousands of small
 * amounts are added. Flat arrays with linear probing, at a load of at most one half.
 */
export interface NumberSums {
  readonly size: number
  add(number: number, amount: number): void
  /** 0 for a number that nothing was added to. */
  get(number: number): number
  /** The numbers that something was added to, and in the same places their sums. */
  entries(): { readonly numbers: Uint32Array; readonly sums: Float64Array }
}

export function numberSums(): NumberSums {
  let capacity = 64
  let size = 0
  // Where a number's entry is, plus one; 0 where the slot is free.
  let slots = new Uint32Array(capacity)
  let numbers = new Uint32Array(capacity / 2)
  let sums = new Float64Array(capacity / 2)

  /** The slot that holds the number, or the free one where it belongs. */
  const find = (number: number): number => {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): near numbers lie far
    // apart.
    let slot = (Math.imul(number, 0x9e3779b1) >>> 8) & (capacity - 1)
    while (slots[slot] !== 0 && numbers[slots[slot]! - 1] !== number) {
      slot = (slot + 1) & (capacity - 1)
    }
    return slot
  }

  const grow = (): void => {
    capacity *= 2
    const [oldNumbers, oldSums] = [numbers, sums]
    slots = new Uint32Array(capacity)
    numbers = new Uint32Array(capacity / 2)
    sums = new Float64Array(capacity / 2)
    numbers.set(oldNumbers)
    sums.set(oldSums)
    for (let entry = 0; entry < size; entry++) slots[find(numbers[entry]!)] = entry + 1
  }

  return {
    get size() {
      return size
    },
    add(number, amount) {
      let slot = find(number)
      if (slots[slot] === 0) {
        if (size === numbers.length) {
          grow()
          slot = find(number)
        }
        numbers[size] = number
        slots[slot] = ++size
      }
      sums[slots[slot]! - 1]! += amount
    },
    get(number) {
      const entry = slots[find(number)]!
      return entry === 0 ? 0 : sums[entry - 1]!
    },
    entries: () => ({ numbers: numbers.subarray(0, size), sums: sums.subarray(0, size) }),
  }
}
