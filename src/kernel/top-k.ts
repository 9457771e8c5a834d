/** Finds the `k` best of places that are offered one by one. */
export interface TopK {
  /** A score has to be above this to get in: -Infinity until there are `k`. */
  readonly threshold: number

  /** Of equal scores the one offered first is the better. NaN and -Infinity never get in. */
  offer(place: number, score: number): void

  /** The best, the best first. Nothing may be offered afterwards. */
  take(): Uint32Array
}

export function topOf(k: number): TopK {
  // A heap of the best so far with the worst of them at its root; `since` tells who was first.
  const places = new Uint32Array(k)
  const scores = new Float64Array(k)
  const since = new Uint32Array(k)
  let size = 0
  let offered = 0
  let threshold = k === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY

  const worse = (score: number, order: number, other: number): boolean =>
    score < scores[other]! || (score === scores[other]! && order > since[other]!)

  const set = (hole: number, place: number, score: number, order: number): void => {
    places[hole] = place
    scores[hole] = score
    since[hole] = order
  }
  const move = (from: number, to: number): void =>
    set(to, places[from]!, scores[from]!, since[from]!)

  /** Puts an entry at the end of the heap and lets it rise past all that are better. */
  const rise = (end: number, place: number, score: number, order: number): void => {
    let hole = end
    while (hole > 0) {
      const parent = (hole - 1) >>> 1
      if (!worse(score, order, parent)) break
      move(parent, hole)
      hole = parent
    }
    set(hole, place, score, order)
  }

  /** Puts an entry at the root, in the stead of what is there, and lets it sink below all worse. */
  const sink = (place: number, score: number, order: number): void => {
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= size) break
      if (child + 1 < size && worse(scores[child + 1]!, since[child + 1]!, child)) child++
      if (worse(score, order, child)) break
      move(child, hole)
      hole = child
    }
    set(hole, place, score, order)
  }

  return {
    get threshold() {
      return threshold
    },
    offer(place, score) {
      if (!(score > threshold)) return
      if (size < k) rise(size++, place, score, offered++)
      else sink(place, score, offered++)
      if (size === k) threshold = scores[0]!
    },
    take() {
      const best = new Uint32Array(size)
      while (size > 0) {
        best[--size] = places[0]!
        sink(places[size]!, scores[size]!, since[size]!)
      }
      return best
    },
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
  const top = topOf(Math.min(k, scores.length))
  let threshold = top.threshold
  for (let place = 0; place < scores.length; place++) {
    if (!(scores[place]! > threshold) || !accept(place)) continue
    top.offer(place, scores[place]!)
    threshold = top.threshold
  }
  return top.take()
}
