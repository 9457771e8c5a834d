import { grown } from './lists/grown.ts'

/**
 * The best of many scored things, best first: always an exact beginning of the whole order, however
 * scores rise and fall.
 *
 * It holds at most `capacity` things, and remembers the best of all those it left out: the bound.
 * Nothing outside can be better than the bound, and nothing inside is worse, so what falls below it
 * has to leave as well. A list that lost much that way is `thin`, and should be filled anew.
 *
 * Equal scores are ordered by number, the lower first. Things are looked up by going through all:
 * for some hundreds no index is much faster, and this takes no memory.
 */
export class BestList {
  readonly #capacity: number
  // Grown as needed: there is a list for every tag, and most of them are short.
  #things = new Uint32Array(0)
  #scores = new Float64Array(0)
  #size = 0
  #bound: readonly [thing: number, score: number] | undefined

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#size
  }

  /** More than half of its places are empty, though others were left out. */
  get thin(): boolean {
    return this.#bound !== undefined && this.#size * 2 < this.#capacity
  }

  /** The thing at a place, from 0 for the best to `size - 1`. */
  at(place: number): number {
    return this.#things[place]!
  }

  has(thing: number): boolean {
    return this.#placeOf(thing) >= 0
  }

  /** Adds the thing or changes its score, which must not be NaN. */
  put(thing: number, score: number): void {
    const place = this.#placeOf(thing)
    if (place >= 0) {
      if (this.#scores[place] === score) return
      this.#removeAt(place)
    }
    const bound = this.#bound
    if (bound === undefined || before(thing, score, bound[0], bound[1])) this.#insert(thing, score)
  }

  delete(thing: number): void {
    const place = this.#placeOf(thing)
    if (place >= 0) this.#removeAt(place)
  }

  clear(): void {
    this.#size = 0
    this.#bound = undefined
  }

  #placeOf(thing: number): number {
    const place = this.#things.indexOf(thing)
    // What lies beyond the end is left over from longer days.
    return place < this.#size ? place : -1
  }

  #removeAt(place: number): void {
    this.#things.copyWithin(place, place + 1, this.#size)
    this.#scores.copyWithin(place, place + 1, this.#size)
    this.#size--
  }

  #insert(thing: number, score: number): void {
    const place = this.#placeFor(thing, score)
    if (this.#size === this.#capacity) {
      const last = this.#size - 1
      if (place > last) {
        this.#bound = [thing, score]
        return
      }
      this.#bound = [this.#things[last]!, this.#scores[last]!]
      this.#size--
    }
    this.#things = grown(this.#things, this.#size + 1)
    this.#scores = grown(this.#scores, this.#size + 1)
    this.#things.copyWithin(place + 1, place, this.#size)
    this.#scores.copyWithin(place + 1, place, this.#size)
    this.#things[place] = thing
    this.#scores[place] = score
    this.#size++
  }

  /** The first place whose holder does not come before the thing. */
  #placeFor(thing: number, score: number): number {
    let [low, high] = [0, this.#size]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (before(this.#things[middle]!, this.#scores[middle]!, thing, score)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function before(thing: number, score: number, other: number, otherScore: number): boolean {
  return score > otherScore || (score === otherScore && thing < other)
}
