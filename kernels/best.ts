// The best of many scores, and their order, without comparing one with another: a branch for each
// comparison, which processors foresee half of the time, would take longer than what is compared.

import { bytesOf, numberAt, ordinalAt } from './lanes'

/** A number whose order among whole numbers is that of scores. */
// @ts-ignore: decorator
@inline
function keyAt(scores: usize, place: i32): u32 {
  const bits = load<i32>(scores + (<usize>place << 2))
  return <u32>(bits ^ ((bits >> 31) & 0x7fffffff)) ^ 0x80000000
}

// @ts-ignore: decorator
@inline
function leastKey(scores: usize, from: i32, to: i32): u32 {
  let least: u32 = 0xffffffff
  for (let place = from; place < to; place++) least = min(least, keyAt(scores, place))
  return least
}

// @ts-ignore: decorator
@inline
function largestKey(scores: usize, from: i32, to: i32): u32 {
  let largest: u32 = 0
  for (let place = from; place < to; place++) largest = max(largest, keyAt(scores, place))
  return largest
}

/** Moves the entries whose bin is `least` or a higher one to the front; returns where they end. */
// @ts-ignore: decorator
@inline
function toFront(
  scores: usize,
  places: usize,
  from: i32,
  to: i32,
  base: u32,
  shift: u32,
  least: u32,
): i32 {
  let front = from
  for (let place = from; place < to; place++) {
    const moves = (keyAt(scores, place) - base) >> shift >= least
    const here = <usize>place << 2
    const there = <usize>front << 2
    const score = load<u32>(scores + here)
    const name = load<u32>(places + here)
    const other = load<u32>(scores + there)
    const otherName = load<u32>(places + there)
    store<u32>(scores + there, moves ? score : other)
    store<u32>(places + there, moves ? name : otherName)
    store<u32>(scores + here, moves ? other : score)
    store<u32>(places + here, moves ? otherName : name)
    front += <i32>moves
  }
  return front
}

/**
 * Keeps the `most` best of `size` entries, in no order, and returns how many are left. All is
 * counted in 256 bins of the keys that there are; where the bin in which the last of them lies
 * holds too many, its keys are counted in finer ones. `counts` has 256 numbers.
 */
export function keepBest(scores: usize, places: usize, size: i32, most: i32, counts: usize): i32 {
  let from = 0
  let to = size
  while (to > most && from < most) {
    const base = leastKey(scores, from, to)
    const range = largestKey(scores, from, to) - base
    // All that are left are equal.
    if (range == 0) return most
    const shift: u32 = max<i32>(0, 24 - <i32>clz<u32>(range))
    memory.fill(counts, 0, 1024)
    for (let place = from; place < to; place++) {
      const count = counts + (<usize>((keyAt(scores, place) - base) >> shift) << 2)
      store<u32>(count, load<u32>(count) + 1)
    }
    let bin: u32 = range >> shift
    let above = 0
    for (; ; bin--) {
      const count = <i32>ordinalAt(counts, bin)
      if (from + above + count > most) break
      above += count
    }
    from = toFront(scores, places, from, to, base, shift, bin + 1)
    to = toFront(scores, places, from, to, base, shift, bin)
  }
  return min(size, most)
}

/** The lowest score of some. */
// @ts-ignore: decorator
@inline
export function leastOf(scores: usize, size: i32): f32 {
  let least: f32 = Infinity
  for (let place = 0; place < size; place++) least = min<f32>(least, numberAt(scores, place))
  return least
}

/**
 * Writes what of `count` values is a number behind each other, with the places in `names`, or those
 * in `values` where it is 0. Returns how many there are.
 */
export function collect(
  values: usize,
  count: i32,
  names: usize,
  scores: usize,
  places: usize,
): i32 {
  let size = 0
  for (let place = 0; place < count; place++) {
    const value = numberAt(values, place)
    const at = <usize>size << 2
    store<f32>(scores + at, value)
    store<u32>(places + at, names == 0 ? place : ordinalAt(names, place))
    // NaN is nothing to be found.
    size += <i32>(value == value)
  }
  return size
}

/**
 * Puts the entries in order, the best first, by the bytes of their keys from the last to the first
 * that differs. `spare` has room for as many entries, and `counts` 256 numbers.
 */
export function sortBest(
  scores: usize,
  places: usize,
  size: i32,
  spare: usize,
  counts: usize,
): void {
  if (size < 2) return
  const top = largestKey(scores, 0, size)
  const range = top - leastKey(scores, 0, size)
  let fromScores = scores
  let fromPlaces = places
  let toScores = spare
  let toPlaces = spare + bytesOf(size)
  for (let shift: u32 = 0; shift < 32 && range >> shift != 0; shift += 8) {
    memory.fill(counts, 0, 1024)
    for (let place = 0; place < size; place++) {
      const count = counts + (<usize>(((top - keyAt(fromScores, place)) >> shift) & 255) << 2)
      store<u32>(count, load<u32>(count) + 1)
    }
    let next: u32 = 0
    for (let bin = 0; bin < 256; bin++) {
      const count = ordinalAt(counts, bin)
      store<u32>(counts + (<usize>bin << 2), next)
      next += count
    }
    for (let place = 0; place < size; place++) {
      const count = counts + (<usize>(((top - keyAt(fromScores, place)) >> shift) & 255) << 2)
      const to = <usize>load<u32>(count) << 2
      store<u32>(count, load<u32>(count) + 1)
      store<f32>(toScores + to, numberAt(fromScores, place))
      store<u32>(toPlaces + to, ordinalAt(fromPlaces, place))
    }
    const sorted = toScores
    const sortedPlaces = toPlaces
    toScores = fromScores
    toPlaces = fromPlaces
    fromScores = sorted
    fromPlaces = sortedPlaces
  }
  if (fromScores == scores) return
  memory.copy(scores, fromScores, bytesOf(size))
  memory.copy(places, fromPlaces, bytesOf(size))
}
