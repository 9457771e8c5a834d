// Rows and the centres that are nearest to them. Widths are a multiple of 8: what is added is 0.

import { bytesOf, fma, sumsOf, zeros } from './lanes'

/**
 * For each row the centre whose product with it is highest, the first of equals. Eight centres at
 * a time share the loads of a row; their number is a multiple of 8.
 */
export function assign(
  rows: usize,
  count: i32,
  centres: usize,
  centreCount: i32,
  width: i32,
  to: usize,
): void {
  const size = bytesOf(width)
  // Centres on the outside would be read once, and rows again and again: rows are more.
  for (let place = 0; place < count; place += 2) {
    const row = rows + <usize>place * size
    const other = place + 1 < count ? row + size : row
    let best: f32 = -Infinity
    let otherBest: f32 = -Infinity
    let choice: u32 = 0
    let otherChoice: u32 = 0
    for (let centre = 0; centre < centreCount; centre += 4) {
      const c0 = centres + <usize>centre * size
      const c1 = c0 + size
      const c2 = c1 + size
      const c3 = c2 + size
      let a = zeros()
      let b = zeros()
      let c = zeros()
      let d = zeros()
      let e = zeros()
      let f = zeros()
      let g = zeros()
      let h = zeros()
      for (let at: usize = 0; at < size; at += 16) {
        const x = v128.load(row + at)
        const y = v128.load(other + at)
        let value = v128.load(c0 + at)
        a = fma(value, x, a)
        e = fma(value, y, e)
        value = v128.load(c1 + at)
        b = fma(value, x, b)
        f = fma(value, y, f)
        value = v128.load(c2 + at)
        c = fma(value, x, c)
        g = fma(value, y, g)
        value = v128.load(c3 + at)
        d = fma(value, x, d)
        h = fma(value, y, h)
      }
      const sums = sumsOf(a, b, c, d)
      const otherSums = sumsOf(e, f, g, h)
      if (v128.any_true(f32x4.gt(sums, f32x4.splat(best)))) {
        for (let lane = 0; lane < 4; lane++) {
          const value = laneOf(sums, lane)
          if (value > best) {
            best = value
            choice = centre + lane
          }
        }
      }
      if (v128.any_true(f32x4.gt(otherSums, f32x4.splat(otherBest)))) {
        for (let lane = 0; lane < 4; lane++) {
          const value = laneOf(otherSums, lane)
          if (value > otherBest) {
            otherBest = value
            otherChoice = centre + lane
          }
        }
      }
    }
    store<u32>(to + (<usize>place << 2), choice)
    if (place + 1 < count) store<u32>(to + (<usize>place << 2), otherChoice, 4)
  }
}

// @ts-ignore: decorator
@inline
function laneOf(sums: v128, lane: i32): f32 {
  if (lane == 0) return f32x4.extract_lane(sums, 0)
  if (lane == 1) return f32x4.extract_lane(sums, 1)
  if (lane == 2) return f32x4.extract_lane(sums, 2)
  return f32x4.extract_lane(sums, 3)
}
