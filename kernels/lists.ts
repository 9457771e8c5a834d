// Lists of rows in a byte per dimension, and those of their rows that come nearest to a query.
// Widths are a multiple of 16: what is added is 0.

import { keepBest, leastOf } from './best'
import { bytesOf, ordinalAt, zeros } from './lanes'

/** Sixteen products of bytes, summed four by four: the query's bytes are from 0 to 127. */
// @ts-ignore: decorator
@inline
function addCodes(codes: v128, query: v128, sums: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    // No sum of two overflows 16 bits, so that all processors give the same.
    return i32x4.add(
      sums,
      i32x4.extadd_pairwise_i16x8_s(i16x8.relaxed_dot_i8x16_i7x16_s(codes, query)),
    )
  }
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(codes), i16x8.extend_low_i8x16_s(query))
  const high = i32x4.dot_i16x8_s(
    i16x8.extend_high_i8x16_s(codes),
    i16x8.extend_high_i8x16_s(query),
  )
  return i32x4.add(sums, i32x4.add(low, high))
}

// @ts-ignore: decorator
@inline
function lanesSummed(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(
    v128.shuffle<i32>(a, b, 0, 4, 1, 5),
    v128.shuffle<i32>(a, b, 2, 6, 3, 7),
  )
  const cd = i32x4.add(
    v128.shuffle<i32>(c, d, 0, 4, 1, 5),
    v128.shuffle<i32>(c, d, 2, 6, 3, 7),
  )
  return i32x4.add(
    v128.shuffle<i32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<i32>(ab, cd, 2, 3, 6, 7),
  )
}

/** Four numbers as whole ones. */
// @ts-ignore: decorator
@inline
function whole(from: usize, steps: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(from), steps)))
}

/**
 * Writes rows of `wide` numbers, a multiple of 4, as bytes: each in steps of a 127th of its
 * largest, which is its scale; `sums` takes 64 × the sum of its bytes. Rows of nothing are left.
 */
export function encodeRows(
  rows: usize,
  count: i32,
  wide: i32,
  codes: usize,
  width: i32,
  scales: usize,
  sums: usize,
): void {
  const size = bytesOf(wide)
  for (let row = 0; row < count; row++) {
    const from = rows + <usize>row * size
    let most = zeros()
    for (let at: usize = 0; at < size; at += 16) {
      most = f32x4.max(most, f32x4.abs(v128.load(from + at)))
    }
    most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1))
    most = f32x4.max(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2))
    const largest = f32x4.extract_lane(most, 0)
    // What would be divided by less is as good as nothing.
    if (!(largest > 1e-30)) continue
    const steps = f32x4.splat(127 / largest)
    let to = codes + <usize>row * <usize>width
    let all = i32x4.splat(0)
    for (let at: usize = 0; at < size; at += 16) {
      const four = whole(from + at, steps)
      all = i32x4.add(all, four)
      const halves = i16x8.narrow_i32x4_s(four, four)
      v128.store32_lane(to, i8x16.narrow_i16x8_s(halves, halves), 0)
      to += 4
    }
    all = i32x4.add(all, v128.shuffle<i32>(all, all, 2, 3, 0, 1))
    all = i32x4.add(all, v128.shuffle<i32>(all, all, 1, 0, 3, 2))
    const at = <usize>row << 2
    store<f32>(scales + at, largest / 127)
    store<i32>(sums + at, 64 * i32x4.extract_lane(all, 0))
  }
}

/** What the products of codes with a query's are worth. */
// @ts-ignore: decorator
@inline
function worth(products: v128, sums: usize, scales: usize): v128 {
  const whole = i32x4.sub(products, v128.load(sums))
  return f32x4.mul(f32x4.convert_i32x4_s(whole), v128.load(scales))
}

/** The products of a query with four rows, `scale` of the row each. */
// @ts-ignore: decorator
@inline
function fourProducts(query: usize, row: usize, size: usize, sums: usize, scales: usize): v128 {
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  const second = row + size
  const third = second + size
  const fourth = third + size
  for (let at: usize = 0; at < size; at += 16) {
    const bytes = v128.load(query + at)
    a = addCodes(v128.load(row + at), bytes, a)
    b = addCodes(v128.load(second + at), bytes, b)
    c = addCodes(v128.load(third + at), bytes, c)
    d = addCodes(v128.load(fourth + at), bytes, d)
  }
  return worth(lanesSummed(a, b, c, d), sums, scales)
}

// @ts-ignore: decorator
@inline
function oneProduct(query: usize, row: usize, size: usize, sums: usize, scales: usize): f32 {
  let a = zeros()
  for (let at: usize = 0; at < size; at += 16) {
    a = addCodes(v128.load(row + at), v128.load(query + at), a)
  }
  const whole = i32x4.extract_lane(lanesSummed(a, a, a, a), 0) - <i32>load<u32>(sums)
  return <f32>whole * load<f32>(scales)
}

/** Writes an entry, which counts where its score is above the bar; returns how many there are. */
// @ts-ignore: decorator
@inline
function added(scores: usize, places: usize, size: i32, score: f32, place: u32, bar: f32): i32 {
  const at = <usize>size << 2
  store<f32>(scores + at, score)
  store<u32>(places + at, place)
  return size + <i32>(score > bar)
}

/**
 * Looks through lists of rows, one after the other, for those whose product with a query is about
 * the highest: by their bytes, `scale` of the row each. The query is 64 + its own bytes, and `sums`
 * takes the 64 out again. Returns how many there are, `most` at most, in no order.
 *
 * `scores` and `places` have room for `room` entries, 4 more than `most` at least: what comes near
 * is written behind what was found, and only when there is no room left the best of it are kept.
 * `counts` has 256 numbers.
 */
export function scanLists(
  lists: usize,
  listCount: i32,
  starts: usize,
  query: usize,
  codes: usize,
  scales: usize,
  sums: usize,
  width: i32,
  scores: usize,
  places: usize,
  most: i32,
  room: i32,
  counts: usize,
): i32 {
  if (most == 0) return 0
  const size = <usize>width
  let found = 0
  let bar: f32 = -Infinity
  for (let index = 0; index < listCount; index++) {
    const list = ordinalAt(lists, index)
    const first = ordinalAt(starts, list)
    const last = ordinalAt(starts, list + 1)
    let place = first
    for (; place < last; place += 4) {
      if (found + 4 > room) {
        found = keepBest(scores, places, found, most, counts)
        bar = leastOf(scores, found)
      }
      // The last four of a list take some with them that were looked at, and don't count again.
      const again = place + 4 > last ? place + 4 - last : 0
      if (again > place - first) break
      const from = place - again
      const at = <usize>from << 2
      const row = codes + <usize>from * size
      const four = fourProducts(query, row, size, sums + at, scales + at)
      if (!v128.any_true(f32x4.gt(four, f32x4.splat(bar)))) continue
      const none: f32 = Infinity
      const a = f32x4.extract_lane(four, 0)
      found = added(scores, places, found, a, from, again > 0 ? none : bar)
      const b = f32x4.extract_lane(four, 1)
      found = added(scores, places, found, b, from + 1, again > 1 ? none : bar)
      const c = f32x4.extract_lane(four, 2)
      found = added(scores, places, found, c, from + 2, again > 2 ? none : bar)
      found = added(scores, places, found, f32x4.extract_lane(four, 3), from + 3, bar)
    }
    // Lists of fewer than four.
    for (; place < last; place++) {
      const at = <usize>place << 2
      const row = codes + <usize>place * size
      const one = oneProduct(query, row, size, sums + at, scales + at)
      found = added(scores, places, found, one, place, bar)
    }
  }
  return keepBest(scores, places, found, most, counts)
}
