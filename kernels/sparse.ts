// Sparse matrices times wide ones, and what makes wide ones orthonormal. A sparse matrix is held row by
// row: the cells of row r stand at starts[r] ... starts[r + 1] - 1. Widths are a multiple of 4.

import { bytesOf, fma, numberAt, ordinalAt, zeros } from './lanes'

/**
 * to[row] = factor × Σ weight × from[column] + keep × base[row], for the rows from `first` until
 * `last`. Each number is made in the same order of steps, however wide the rows are. `base` isn't
 * read where `keep` is 0; it may be `to`.
 */
export function addCells(
  starts: usize,
  columns: usize,
  weights: usize,
  first: i32,
  last: i32,
  from: usize,
  width: i32,
  factor: f32,
  keep: f32,
  base: usize,
  to: usize,
): void {
  const size = bytesOf(width)
  for (let row = first; row < last; row++) {
    const begin = <i32>ordinalAt(starts, row)
    const end = <i32>ordinalAt(starts, row + 1)
    const shift = <usize>row * size
    let at: usize = 0
    for (; at + 128 <= size; at += 128) {
      eightOf(columns, weights, begin, end, from + at, size, factor, keep, base, shift + at, to)
    }
    for (; at < size; at += 16) {
      oneOf(columns, weights, begin, end, from + at, size, factor, keep, base, shift + at, to)
    }
  }
}

/** Eight vectors of a row, which the registers hold. */
function eightOf(
  columns: usize,
  weights: usize,
  begin: i32,
  end: i32,
  from: usize,
  size: usize,
  factor: f32,
  keep: f32,
  base: usize,
  shift: usize,
  to: usize,
): void {
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  let e = zeros()
  let f = zeros()
  let g = zeros()
  let h = zeros()
  for (let cell = begin; cell < end; cell++) {
    const row = from + <usize>ordinalAt(columns, cell) * size
    const weight = f32x4.splat(numberAt(weights, cell))
    a = fma(weight, v128.load(row), a)
    b = fma(weight, v128.load(row, 16), b)
    c = fma(weight, v128.load(row, 32), c)
    d = fma(weight, v128.load(row, 48), d)
    e = fma(weight, v128.load(row, 64), e)
    f = fma(weight, v128.load(row, 80), f)
    g = fma(weight, v128.load(row, 96), g)
    h = fma(weight, v128.load(row, 112), h)
  }
  put(a, factor, keep, base + shift, to + shift)
  put(b, factor, keep, base + shift + 16, to + shift + 16)
  put(c, factor, keep, base + shift + 32, to + shift + 32)
  put(d, factor, keep, base + shift + 48, to + shift + 48)
  put(e, factor, keep, base + shift + 64, to + shift + 64)
  put(f, factor, keep, base + shift + 80, to + shift + 80)
  put(g, factor, keep, base + shift + 96, to + shift + 96)
  put(h, factor, keep, base + shift + 112, to + shift + 112)
}

// @ts-ignore: decorator
@inline
function oneOf(
  columns: usize,
  weights: usize,
  begin: i32,
  end: i32,
  from: usize,
  size: usize,
  factor: f32,
  keep: f32,
  base: usize,
  shift: usize,
  to: usize,
): void {
  let sum = zeros()
  for (let cell = begin; cell < end; cell++) {
    const row = from + <usize>ordinalAt(columns, cell) * size
    sum = fma(f32x4.splat(numberAt(weights, cell)), v128.load(row), sum)
  }
  put(sum, factor, keep, base + shift, to + shift)
}

// @ts-ignore: decorator
@inline
function put(sum: v128, factor: f32, keep: f32, base: usize, to: usize): void {
  const whole = f32x4.mul(f32x4.splat(factor), sum)
  v128.store(to, keep == 0 ? whole : fma(f32x4.splat(keep), v128.load(base), whole))
}

/**
 * to[row] += scales[row] × Σ rows[row][k] × columns[k], where `rows` are `width` numbers each, any
 * number of them, and columns and `to` are as many numbers wide as there are `lanes`. Two rows share
 * the loads of the columns.
 */
export function addDense(
  rows: usize,
  count: i32,
  width: i32,
  scales: usize,
  columns: usize,
  lanes: i32,
  to: usize,
): void {
  const size = bytesOf(lanes)
  const rowSize = bytesOf(width)
  for (let row = 0; row < count; row += 2) {
    const one = rows + <usize>row * rowSize
    // A last one alone is done twice over, and written once.
    const isPair = row + 1 < count
    const other = isPair ? one + rowSize : one
    const scale = numberAt(scales, row)
    const otherScale = isPair ? numberAt(scales, row + 1) : <f32>0
    const out = to + <usize>row * size
    let at: usize = 0
    for (; at + 64 <= size; at += 64) {
      twoByFour(one, other, rowSize, columns + at, size, scale, otherScale, out + at, isPair)
    }
    for (; at < size; at += 16) {
      addLane(one, rowSize, columns + at, size, scale, out + at)
      if (isPair) addLane(other, rowSize, columns + at, size, otherScale, out + size + at)
    }
  }
}

function twoByFour(
  one: usize,
  other: usize,
  rowSize: usize,
  columns: usize,
  size: usize,
  scale: f32,
  otherScale: f32,
  out: usize,
  isPair: bool,
): void {
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  let e = zeros()
  let f = zeros()
  let g = zeros()
  let h = zeros()
  let column = columns
  for (let at: usize = 0; at < rowSize; at += 4) {
    const left = v128.load32_splat(one + at)
    const right = v128.load32_splat(other + at)
    let value = v128.load(column)
    a = fma(left, value, a)
    e = fma(right, value, e)
    value = v128.load(column, 16)
    b = fma(left, value, b)
    f = fma(right, value, f)
    value = v128.load(column, 32)
    c = fma(left, value, c)
    g = fma(right, value, g)
    value = v128.load(column, 48)
    d = fma(left, value, d)
    h = fma(right, value, h)
    column += size
  }
  addTo(out, scale, a)
  addTo(out + 16, scale, b)
  addTo(out + 32, scale, c)
  addTo(out + 48, scale, d)
  if (!isPair) return
  addTo(out + size, otherScale, e)
  addTo(out + size + 16, otherScale, f)
  addTo(out + size + 32, otherScale, g)
  addTo(out + size + 48, otherScale, h)
}

function addLane(
  row: usize,
  rowSize: usize,
  columns: usize,
  size: usize,
  scale: f32,
  out: usize,
): void {
  let sum = zeros()
  let column = columns
  for (let at: usize = 0; at < rowSize; at += 4) {
    sum = fma(v128.load32_splat(row + at), v128.load(column), sum)
    column += size
  }
  addTo(out, scale, sum)
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, scale: f32, sum: v128): void {
  v128.store(out, fma(f32x4.splat(scale), sum, v128.load(out)))
}

/** Rows that stay in the cache, in double precision, while all pairs of columns pass over them. */
const rowsAtOnce: i32 = 64

/**
 * Adds XᵀX of some rows to the upper triangle of `gram`, in double precision. `scratch` has room for
 * 64 rows of doubles.
 */
export function addProductsOfColumns(
  rows: usize,
  count: i32,
  width: i32,
  scratch: usize,
  gram: usize,
): void {
  const size = bytesOf(width)
  for (let row = 0; row < count; row += rowsAtOnce) {
    const part = min(rowsAtOnce, count - row)
    const from = rows + <usize>row * size
    const bytes = <usize>part * size
    for (let at: usize = 0; at < bytes; at += 8) {
      v128.store(scratch + 2 * at, f64x2.promote_low_f32x4(v128.load64_zero(from + at)))
    }
    addBlock(scratch, part, 2 * size, gram)
  }
}

/**
 * Adds XᵀX of rows of doubles to the upper triangle of `gram`, and to the rest of the squares of
 * 4 × 4 along its diagonal. They are few enough to stay in the cache.
 */
export function addProductsOfDoubles(rows: usize, count: i32, width: i32, gram: usize): void {
  addBlock(rows, count, 2 * bytesOf(width), gram)
}

/** In squares of 4 × 4, which the registers hold. */
function addBlock(rows: usize, count: i32, size: usize, gram: usize): void {
  const end = rows + <usize>count * size
  for (let i: usize = 0; i < size; i += 32) {
    for (let j = i; j < size; j += 32) {
      let a0 = f64x2.splat(0)
      let a1 = f64x2.splat(0)
      let b0 = f64x2.splat(0)
      let b1 = f64x2.splat(0)
      let c0 = f64x2.splat(0)
      let c1 = f64x2.splat(0)
      let d0 = f64x2.splat(0)
      let d1 = f64x2.splat(0)
      for (let row = rows; row < end; row += size) {
        const low = v128.load(row + j)
        const high = v128.load(row + j, 16)
        const left = row + i
        let value = v128.load64_splat(left)
        a0 = fmaOfTwo(value, low, a0)
        a1 = fmaOfTwo(value, high, a1)
        value = v128.load64_splat(left, 8)
        b0 = fmaOfTwo(value, low, b0)
        b1 = fmaOfTwo(value, high, b1)
        value = v128.load64_splat(left, 16)
        c0 = fmaOfTwo(value, low, c0)
        c1 = fmaOfTwo(value, high, c1)
        value = v128.load64_splat(left, 24)
        d0 = fmaOfTwo(value, low, d0)
        d1 = fmaOfTwo(value, high, d1)
      }
      const at = gram + (size >> 3) * i + j
      addPair(at, a0, a1)
      addPair(at + size, b0, b1)
      addPair(at + 2 * size, c0, c1)
      addPair(at + 3 * size, d0, d1)
    }
  }
}

/** a b + c of two doubles. */
// @ts-ignore: decorator
@inline
function fmaOfTwo(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c)
  return f64x2.add(f64x2.mul(a, b), c)
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, low: v128, high: v128): void {
  v128.store(at, f64x2.add(v128.load(at), low))
  v128.store(at, f64x2.add(v128.load(at, 16), high), 16)
}
