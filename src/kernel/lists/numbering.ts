import { grown } from './grown.ts'

/**
 * Places from 0 for 32-bit numbers, in the order in which they first come: what a Map does, without
 * an object or an iterator for each. Flat arrays with linear probing, at most half full.
 */
export class Numbering {
  #size = 0
  /** Where a number is, plus one; 0 where the slot is free. */
  #slots: Uint32Array
  #numbers: Uint32Array

  /** With room for so many: where about how many come is known, nothing is made twice. */
  constructor(room = 32) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(8, room)))
    this.#slots = new Uint32Array(capacity * 2)
    this.#numbers = new Uint32Array(capacity)
  }

  get size(): number {
    return this.#size
  }

  /** The place of the number, which it has from now on. */
  add(number: number): number {
    let slot = this.#find(number)
    const known = this.#slots[slot]!
    if (known > 0) return known - 1
    if (this.#size === this.#numbers.length) {
      this.#grow()
      slot = this.#find(number)
    }
    this.#numbers[this.#size] = number
    this.#slots[slot] = this.#size + 1
    return this.#size++
  }

  /** The place of the number; -1 where it has none. */
  placeOf(number: number): number {
    return this.#slots[this.#find(number)]! - 1
  }

  /** All that were added, each at its place: a view, good until the next is added. */
  numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#size)
  }

  /** The slot that holds the number, or the free one where it belongs. */
  #find(number: number): number {
    const slots = this.#slots
    const numbers = this.#numbers
    const mask = slots.length - 1
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) keeps near numbers apart.
    let slot = (Math.imul(number, 0x9e3779b1) >>> 8) & mask
    while (slots[slot] !== 0 && numbers[slots[slot]! - 1] !== number) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    this.#numbers = grown(this.#numbers, this.#size + 1)
    this.#slots = new Uint32Array(this.#numbers.length * 2)
    for (let place = 0; place < this.#size; place++) {
      this.#slots[this.#find(this.#numbers[place]!)] = place + 1
    }
  }
}
