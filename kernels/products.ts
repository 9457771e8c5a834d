// Products of queries with many rows. Widths are a multiple of 8: what is added is 0.

import { bytesOf, fma, ordinalAt, product, sumsOf, zeros } from './lanes'

/** The product of a query with each of `count` rows. */
export function productsOf(query: usize, rows: usize, count: i32, width: i32, to: usize): void {
  const size = bytesOf(width)
  let row = rows
  let place = 0
  for (; place + 4 <= count; place += 4) {
    let a = zeros()
    let b = zeros()
    let c = zeros()
    let d = zeros()
    let a1 = zeros()
    let b1 = zeros()
    let c1 = zeros()
    let d1 = zeros()
    const second = row + size
    const third = second + size
    const fourth = third + size
    for (let at: usize = 0; at < size; at += 32) {
      const low = v128.load(query + at)
      const high = v128.load(query + at, 16)
      a = fma(v128.load(row + at), low, a)
      a1 = fma(v128.load(row + at, 16), high, a1)
      b = fma(v128.load(second + at), low, b)
      b1 = fma(v128.load(second + at, 16), high, b1)
      c = fma(v128.load(third + at), low, c)
      c1 = fma(v128.load(third + at, 16), high, c1)
      d = fma(v128.load(fourth + at), low, d)
      d1 = fma(v128.load(fourth + at, 16), high, d1)
    }
    const sums = sumsOf(
      f32x4.add(a, a1),
      f32x4.add(b, b1),
      f32x4.add(c, c1),
      f32x4.add(d, d1),
    )
    v128.store(to, sums)
    to += 16
    row = fourth + size
  }
  for (; place < count; place++) {
    store<f32>(to, product(query, row, size))
    to += 4
    row += size
  }
}

/** The product of a query with the rows at some places. */
export function productsAt(
  query: usize,
  rows: usize,
  places: usize,
  count: i32,
  width: i32,
  to: usize,
): void {
  const size = bytesOf(width)
  for (let index = 0; index < count; index++) {
    const row = rows + <usize>ordinalAt(places, index) * size
    store<f32>(to + (<usize>index << 2), product(query, row, size))
  }
}

/** Rows that stay in the cache while all queries pass over them. */
const rowsAtOnce: i32 = 16

/**
 * The products of queries with rows, all those of a query one after the other. The number of rows
 * is a multiple of 4. A query's products are the same bits whoever is asked about beside it.
 */
export function productsOfAll(
  queries: usize,
  queryCount: i32,
  rows: usize,
  count: i32,
  width: i32,
  to: usize,
): void {
  const size = bytesOf(width)
  for (let first = 0; first < count; first += rowsAtOnce) {
    const last = min(count, first + rowsAtOnce)
    for (let query = 0; query < queryCount; query += 2) {
      const one = queries + <usize>query * size
      const isPair = query + 1 < queryCount
      const other = isPair ? one + size : one
      const at = to + <usize>query * bytesOf(count)
      const next = isPair ? at + bytesOf(count) : at
      for (let row = first; row < last; row += 4) {
        const start = rows + <usize>row * size
        fourByTwo(start, one, other, size, at + bytesOf(row), next + bytesOf(row))
      }
    }
  }
}

/** Eight sums that don't wait for each other: four rows share the loads of two queries. */
// @ts-ignore: decorator
@inline
function fourByTwo(r0: usize, x: usize, y: usize, size: usize, ofX: usize, ofY: usize): void {
  const r1 = r0 + size
  const r2 = r1 + size
  const r3 = r2 + size
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  let e = zeros()
  let f = zeros()
  let g = zeros()
  let h = zeros()
  for (let at: usize = 0; at < size; at += 16) {
    const left = v128.load(x + at)
    const right = v128.load(y + at)
    let value = v128.load(r0 + at)
    a = fma(value, left, a)
    e = fma(value, right, e)
    value = v128.load(r1 + at)
    b = fma(value, left, b)
    f = fma(value, right, f)
    value = v128.load(r2 + at)
    c = fma(value, left, c)
    g = fma(value, right, g)
    value = v128.load(r3 + at)
    d = fma(value, left, d)
    h = fma(value, right, h)
  }
  v128.store(ofX, sumsOf(a, b, c, d))
  v128.store(ofY, sumsOf(e, f, g, h))
}
