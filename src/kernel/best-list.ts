/**
 * The best of many scored things, best first: always an exact beginning of the whole order, however
 * scores rise and fall.
 *
 * It holds at most `capacity` things, and remembers the best of all those it left out: the bound.
 * Nothing outside can be better than the bound, and nothing inside is worse, so what falls below it
 * has to leave as well. A list that lost much that way is `thin`, and should be filled anew.
 *
 * Equal scores are ordered by number, the lower first.
 */
export interface BestList {
  readonly size: number

  /** More than half of its places are empty, though others were left out. */
  readonly thin: boolean

  /** The thing at a place, from 0 for the best to `size - 1`. */
  at(place: number): number

  has(thing: number): boolean

  /** Adds the thing or changes its score, which must not be NaN. */
  put(thing: number, score: number): void

  delete(thing: number): void

  clear(): void
}

export function bestList(capacity: number): BestList {
  const scoreOf = new Map<number, number>()
  // Grown as needed: there is a list for every tag, and most of them are short.
  let things = new Uint32Array(Math.min(capacity, 4))
  let scores = new Float64Array(things.length)
  let size = 0
  let bound: readonly [thing: number, score: number] | undefined

  const before = (thing: number, score: number, other: number, otherScore: number): boolean =>
    score > otherScore || (score === otherScore && thing < other)

  /** The first place whose holder does not come before the thing. */
  const placeOf = (thing: number, score: number): number => {
    let [low, high] = [0, size]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (before(things[middle]!, scores[middle]!, thing, score)) low = middle + 1
      else high = middle
    }
    return low
  }

  const remove = (thing: number): void => {
    const score = scoreOf.get(thing)
    if (score === undefined) return
    const place = placeOf(thing, score)
    things.copyWithin(place, place + 1, size)
    scores.copyWithin(place, place + 1, size)
    size--
    scoreOf.delete(thing)
  }

  const grow = (): void => {
    const length = Math.min(capacity, things.length * 2)
    const [oldThings, oldScores] = [things, scores]
    things = new Uint32Array(length)
    scores = new Float64Array(length)
    things.set(oldThings)
    scores.set(oldScores)
  }

  const insert = (thing: number, score: number): void => {
    const place = placeOf(thing, score)
    if (size === capacity) {
      const worst = size - 1
      if (place === size) {
        bound = [thing, score]
        return
      }
      bound = [things[worst]!, scores[worst]!]
      scoreOf.delete(things[worst]!)
      size--
    } else if (size === things.length) grow()
    things.copyWithin(place + 1, place, size)
    scores.copyWithin(place + 1, place, size)
    things[place] = thing
    scores[place] = score
    size++
    scoreOf.set(thing, score)
  }

  return {
    get size() {
      return size
    },
    get thin() {
      return bound !== undefined && size * 2 < capacity
    },
    at: (place) => things[place]!,
    has: (thing) => scoreOf.has(thing),

    put(thing, score) {
      if (scoreOf.get(thing) === score) return
      remove(thing)
      if (bound === undefined || before(thing, score, bound[0], bound[1])) insert(thing, score)
    },

    delete: remove,

    clear() {
      scoreOf.clear()
      size = 0
      bound = undefined
    },
  }
}
