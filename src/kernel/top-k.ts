/** Finds the `k` best of places that are offered one by one. */
export class TopK {
  readonly #k: number
  // A heap of the best so far with the worst of them at its root; `since` tells who was first.
  readonly #places: Uint32Array
  readonly #scores: Float64Array
  readonly #since: Uint32Array
  #size = 0
  #offered = 0

  /** A score has to be above this to get in: -Infinity until there are `k`. */
  threshold: number

  constructor(k: number) {
    this.#k = k
    this.#places = new Uint32Array(k)
    this.#scores = new Float64Array(k)
    this.#since = new Uint32Array(k)
    this.threshold = k === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  }

  /** Of equal scores the one offered first is the better. NaN and -Infinity never get in. */
  offer(place: number, score: number): void {
    if (!(score > this.threshold)) return
    if (this.#size < this.#k) this.#rise(this.#size++, place, score, this.#offered++)
    else this.#sink(place, score, this.#offered++)
    if (this.#size === this.#k) this.threshold = this.#scores[0]!
  }

  /** The best, the best first. Nothing may be offered afterwards. */
  take(): Uint32Array {
    return this.takeScored().places
  }

  /** As `take`, with their scores beside them. */
  takeScored(): { readonly places: Uint32Array; readonly scores: Float32Array } {
    const places = new Uint32Array(this.#size)
    const scores = new Float32Array(this.#size)
    while (this.#size > 0) {
      const last = --this.#size
      places[last] = this.#places[0]!
      scores[last] = this.#scores[0]!
      this.#sink(this.#places[last]!, this.#scores[last]!, this.#since[last]!)
    }
    return { places, scores }
  }

  /** Puts an entry at the end of the heap and lets it rise past all that are better. */
  #rise(end: number, place: number, score: number, order: number): void {
    let hole = end
    while (hole > 0) {
      const parent = (hole - 1) >>> 1
      if (!this.#isWorse(score, order, parent)) break
      this.#move(parent, hole)
      hole = parent
    }
    this.#set(hole, place, score, order)
  }

  /** Puts an entry at the root, in the stead of what is there, and lets it sink below all worse. */
  #sink(place: number, score: number, order: number): void {
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= this.#size) break
      const other = child + 1
      if (other < this.#size && this.#isWorse(this.#scores[other]!, this.#since[other]!, child)) {
        child = other
      }
      if (this.#isWorse(score, order, child)) break
      this.#move(child, hole)
      hole = child
    }
    this.#set(hole, place, score, order)
  }

  #isWorse(score: number, order: number, other: number): boolean {
    const otherScore = this.#scores[other]!
    return score < otherScore || (score === otherScore && order > this.#since[other]!)
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#places[from]!, this.#scores[from]!, this.#since[from]!)
  }

  #set(hole: number, place: number, score: number, order: number): void {
    this.#places[hole] = place
    this.#scores[hole] = score
    this.#since[hole] = order
  }
}

/**
 * The places of the `k` highest of `scores`, best first; of equal scores the earlier place comes
 * first. NaN and -Infinity never come.
 *
 * `accept` is asked only about places that would get in as things stand, which for n scores in no
 * particular order are about k (1 + ln(n / k)) of them: it may cost more than the scan itself.
 */
export function topK(
  scores: ArrayLike<number>,
  k: number,
  accept: (place: number) => boolean = () => true,
): Uint32Array {
  return topKScored(scores, k, accept).places
}

/** As `topK`, with the scores of these places beside them. */
export function topKScored(
  scores: ArrayLike<number>,
  k: number,
  accept: (place: number) => boolean = () => true,
): { readonly places: Uint32Array; readonly scores: Float32Array } {
  const top = new TopK(Math.min(k, scores.length))
  for (let place = 0; place < scores.length; place++) {
    if (scores[place]! > top.threshold && accept(place)) top.offer(place, scores[place]!)
  }
  return top.takeScored()
}
