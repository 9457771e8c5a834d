import type { Offset } from '../event-log.ts'

/**
 * Some places of a segment file where a record begins, so that a read need not start at its top.
 */
export interface SparseIndex {
  /** The form of the file that the places belong to: an erase writes it anew. */
  readonly generation: number
  /** Notes that a frame begins at `position`, and that the next record has this offset. */
  note(place: Place): void
  /** A noted place that is not behind the offset, and near to it. */
  before(offset: Offset): Place
}

export interface Place {
  readonly offset: Offset
  readonly position: number
}

/** Two noted places are at least so far apart: a read skips half of this on average. */
const strideBytes = 64 * 1024

export function sparseIndex(generation: number, start: Place): SparseIndex {
  const places = [start]
  // The furthest place is remembered in any case: it is where those who follow the log go on.
  let furthest = start

  /** How many of the places satisfy what the first ones do. */
  function count(satisfies: (place: Place) => boolean): number {
    let [low, high] = [0, places.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (satisfies(places[middle]!)) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    generation,
    note({ offset, position }) {
      const place = { offset, position }
      if (place.position > furthest.position) furthest = place
      const index = count((other) => other.position <= place.position)
      const [left, right] = [places[index - 1], places[index]]
      if (left === undefined || place.position - left.position < strideBytes) return
      if (right !== undefined && right.position - place.position < strideBytes) return
      places.splice(index, 0, place)
    },
    before(offset) {
      if (furthest.offset <= offset) return furthest
      return places[count((place) => place.offset <= offset) - 1] ?? start
    },
  }
}
