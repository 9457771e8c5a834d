// Alternating least squares: the Gram matrix, and rows by conjugate gradient. Dimensions are a
// multiple of 16: what is added is 0 and stays 0.

import { bytesOf, fma, numberAt, ordinalAt, product, sumOf, sumsOf, zeros } from './lanes'

/** Rows that stay in the cache while all pairs of dimensions pass over them. */
const rowsAtOnce: i32 = 64

/**
 * Adds XᵀX of some rows to the upper triangle of `gram`. A few thousand rows are as much as single
 * precision should sum: whoever has more adds up the parts in double.
 */
export function addGram(rows: usize, count: i32, dims: i32, gram: usize): void {
  const size = bytesOf(dims)
  for (let row = 0; row < count; row += rowsAtOnce) {
    const part = min(rowsAtOnce, count - row)
    addGramOf(rows + <usize>row * size, part, dims, gram)
  }
}

/** In squares of 4 × 8, which the registers hold. */
function addGramOf(rows: usize, count: i32, dims: i32, gram: usize): void {
  const size = bytesOf(dims)
  const end = rows + <usize>count * size
  for (let i: usize = 0; i < size; i += 16) {
    for (let j: usize = i & ~31; j < size; j += 32) {
      let a0 = zeros()
      let a1 = zeros()
      let b0 = zeros()
      let b1 = zeros()
      let c0 = zeros()
      let c1 = zeros()
      let d0 = zeros()
      let d1 = zeros()
      for (let row = rows; row < end; row += size) {
        const low = v128.load(row + j)
        const high = v128.load(row + j, 16)
        const left = row + i
        let value = v128.load32_splat(left)
        a0 = fma(value, low, a0)
        a1 = fma(value, high, a1)
        value = v128.load32_splat(left, 4)
        b0 = fma(value, low, b0)
        b1 = fma(value, high, b1)
        value = v128.load32_splat(left, 8)
        c0 = fma(value, low, c0)
        c1 = fma(value, high, c1)
        value = v128.load32_splat(left, 12)
        d0 = fma(value, low, d0)
        d1 = fma(value, high, d1)
      }
      const at = gram + <usize>dims * i + j
      addPair(at, a0, a1)
      addPair(at + size, b0, b1)
      addPair(at + 2 * size, c0, c1)
      addPair(at + 3 * size, d0, d1)
    }
  }
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, low: v128, high: v128): void {
  v128.store(at, f32x4.add(v128.load(at), low))
  v128.store(at, f32x4.add(v128.load(at, 16), high), 16)
}

/**
 * The products of the Gram matrix with `count` vectors. It lies in panels of four rows, of which
 * the first four numbers of each come first, then the next four: whoever walks along a panel needs
 * one address for all of it, where four would not leave the processor enough to do for each.
 */
function timesGram(gram: usize, vectors: usize, count: i32, to: usize, size: usize): void {
  const end = gram + (size >> 2) * size
  let place: usize = 0
  for (let panel = gram; panel < end; panel += 4 * size) {
    for (let vector = 0; vector < count; vector += 2) {
      const x = <usize>vector * size
      const y = vector + 1 < count ? x + size : x
      panelTimesTwo(panel, vectors + x, vectors + y, size, to + x + place, to + y + place)
    }
    place += 16
  }
}

// @ts-ignore: decorator
@inline
function panelTimesTwo(panel: usize, x: usize, y: usize, size: usize, ofX: usize, ofY: usize): void {
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  let e = zeros()
  let f = zeros()
  let g = zeros()
  let h = zeros()
  for (let at: usize = 0; at < size; at += 16) {
    const p = panel + 4 * at
    const left = v128.load(x + at)
    const right = v128.load(y + at)
    let value = v128.load(p)
    a = fma(value, left, a)
    e = fma(value, right, e)
    value = v128.load(p, 16)
    b = fma(value, left, b)
    f = fma(value, right, f)
    value = v128.load(p, 32)
    c = fma(value, left, c)
    g = fma(value, right, g)
    value = v128.load(p, 48)
    d = fma(value, left, d)
    h = fma(value, right, h)
  }
  v128.store(ofX, sumsOf(a, b, c, d))
  v128.store(ofY, sumsOf(e, f, g, h))
}

/**
 * The products of four rows with a vector. Four rows at a time, and two sums for each, don't wait
 * for each other; with 64 bytes a round most addresses are those of the round and a number.
 */
// @ts-ignore: decorator
@inline
function productsOf(r0: usize, r1: usize, r2: usize, r3: usize, vector: usize, size: usize): v128 {
  let a = zeros()
  let b = zeros()
  let c = zeros()
  let d = zeros()
  for (let at: usize = 0; at < size; at += 32) {
    const p0 = r0 + at
    const p1 = r1 + at
    const p2 = r2 + at
    const p3 = r3 + at
    const p = vector + at
    let v = v128.load(p)
    a = fma(v128.load(p0), v, a)
    b = fma(v128.load(p1), v, b)
    c = fma(v128.load(p2), v, c)
    d = fma(v128.load(p3), v, d)
    v = v128.load(p, 16)
    a = fma(v128.load(p0, 16), v, a)
    b = fma(v128.load(p1, 16), v, b)
    c = fma(v128.load(p2, 16), v, c)
    d = fma(v128.load(p3, 16), v, d)
  }
  return sumsOf(a, b, c, d)
}

/**
 * Adds to `to`, for each cell of belief c = alpha w, (c v · y) y; or where `wanted` is 1 what is
 * missing to a preference of 1, (1 + c - c v · y) y.
 */
// @ts-ignore: decorator
@inline
function addCells(
  others: usize,
  columns: usize,
  weights: usize,
  count: i32,
  alpha: f32,
  vector: usize,
  to: usize,
  size: usize,
  wanted: bool,
): void {
  const alphas = f32x4.splat(alpha)
  let cell = 0
  for (; cell + 4 <= count; cell += 4) {
    const y0 = others + <usize>ordinalAt(columns, cell) * size
    const y1 = others + <usize>ordinalAt(columns, cell + 1) * size
    const y2 = others + <usize>ordinalAt(columns, cell + 2) * size
    const y3 = others + <usize>ordinalAt(columns, cell + 3) * size
    const products = productsOf(y0, y1, y2, y3, vector, size)
    const beliefs = f32x4.mul(alphas, v128.load(weights + (<usize>cell << 2)))
    let factors = f32x4.mul(beliefs, products)
    if (wanted) factors = f32x4.sub(f32x4.add(f32x4.splat(1), beliefs), factors)
    const f0 = v128.shuffle<f32>(factors, factors, 0, 0, 0, 0)
    const f1 = v128.shuffle<f32>(factors, factors, 1, 1, 1, 1)
    const f2 = v128.shuffle<f32>(factors, factors, 2, 2, 2, 2)
    const f3 = v128.shuffle<f32>(factors, factors, 3, 3, 3, 3)
    for (let at: usize = 0; at < size; at += 32) {
      const p0 = y0 + at
      const p1 = y1 + at
      const p2 = y2 + at
      const p3 = y3 + at
      const p = to + at
      let a = v128.load(p)
      let b = v128.load(p, 16)
      a = fma(f0, v128.load(p0), a)
      b = fma(f0, v128.load(p0, 16), b)
      a = fma(f1, v128.load(p1), a)
      b = fma(f1, v128.load(p1, 16), b)
      a = fma(f2, v128.load(p2), a)
      b = fma(f2, v128.load(p2, 16), b)
      v128.store(p, fma(f3, v128.load(p3), a))
      v128.store(p, fma(f3, v128.load(p3, 16), b), 16)
    }
  }
  for (; cell < count; cell++) {
    const y = others + <usize>ordinalAt(columns, cell) * size
    const belief: f32 = alpha * numberAt(weights, cell)
    let factor: f32 = belief * product(vector, y, size)
    if (wanted) factor = 1 + belief - factor
    addScaled(factor, y, to, size)
  }
}

/** Over cells of belief c = alpha w, Σ c (v · y)²: what they add to v · A v. */
// @ts-ignore: decorator
@inline
function squaresOfCells(
  others: usize,
  columns: usize,
  weights: usize,
  count: i32,
  alpha: f32,
  vector: usize,
  size: usize,
): f32 {
  let sums = zeros()
  let cell = 0
  for (; cell + 4 <= count; cell += 4) {
    const y0 = others + <usize>ordinalAt(columns, cell) * size
    const y1 = others + <usize>ordinalAt(columns, cell + 1) * size
    const y2 = others + <usize>ordinalAt(columns, cell + 2) * size
    const y3 = others + <usize>ordinalAt(columns, cell + 3) * size
    const products = productsOf(y0, y1, y2, y3, vector, size)
    const beliefs = v128.load(weights + (<usize>cell << 2))
    sums = fma(f32x4.mul(beliefs, products), products, sums)
  }
  let sum: f32 = sumOf(sums)
  for (; cell < count; cell++) {
    const value = product(vector, others + <usize>ordinalAt(columns, cell) * size, size)
    sum += numberAt(weights, cell) * value * value
  }
  return alpha * sum
}

// @ts-ignore: decorator
@inline
function addScaled(factor: f32, from: usize, to: usize, size: usize): void {
  const factors = f32x4.splat(factor)
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(to + at, fma(factors, v128.load(from + at), v128.load(to + at)))
  }
}

/** to = factor × to + from */
// @ts-ignore: decorator
@inline
function scaleAndAdd(factor: f32, from: usize, to: usize, size: usize): void {
  const factors = f32x4.splat(factor)
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(to + at, fma(factors, v128.load(to + at), v128.load(from + at)))
  }
}

/**
 * Rows that are improved together: each multiplies the Gram matrix with a vector of its own, and
 * one after the other they would read all of it from beyond the first cache each time.
 */
const rowsTogether: i32 = 8

/**
 * Improves rows `from` to `to` (exclusive) by so many steps of conjugate gradient on A x = b (Hu,
 * Koren and Volinsky 2008, eq. 4; Takács et al. 2011), with A = gram + Σ alpha w y yᵀ + penalty I
 * and b = Σ (1 + alpha w) y over the cells of the row. Rows read none of each other, so ranges
 * may be solved by any number of threads. `scratch` has 8 × (3 × dims + 1) numbers of the thread's
 * own.
 */
export function solveRows(
  starts: usize,
  columns: usize,
  weights: usize,
  rows: usize,
  others: usize,
  gram: usize,
  dims: i32,
  from: i32,
  to: i32,
  alpha: f32,
  penalties: usize,
  steps: i32,
  scratch: usize,
): void {
  const size = bytesOf(dims)
  const residuals = scratch
  const directions = residuals + rowsTogether * size
  const images = directions + rowsTogether * size
  const norms = images + rowsTogether * size
  for (let first = from; first < to; first += rowsTogether) {
    const count = min(rowsTogether, to - first)
    const xs = rows + <usize>first * size
    timesGram(gram, xs, count, images, size)
    for (let place = 0; place < count; place++) {
      const at = <usize>place * size
      const begin = ordinalAt(starts, first + place)
      const cells = <i32>(ordinalAt(starts, first + place + 1) - begin)
      // Without cells the solution is 0, where no step leads anywhere.
      if (cells == 0) memory.fill(xs + at, 0, size)
      if (cells == 0) memory.fill(images + at, 0, size)
      addScaled(numberAt(penalties, first + place), xs + at, images + at, size)
      const c = columns + (<usize>begin << 2)
      const w = weights + (<usize>begin << 2)
      const residual = residuals + at
      negate(images + at, residual, size)
      addCells(others, c, w, cells, alpha, xs + at, residual, size, true)
      memory.copy(directions + at, residual, size)
      store<f32>(norms + (<usize>place << 2), product(residual, residual, size))
    }
    for (let step = 0; step < steps; step++) {
      timesGram(gram, directions, count, images, size)
      for (let place = 0; place < count; place++) {
        const norm = numberAt(norms, place)
        if (norm <= 1e-20) continue
        const at = <usize>place * size
        const direction = directions + at
        const image = images + at
        addScaled(numberAt(penalties, first + place), direction, image, size)
        const begin = ordinalAt(starts, first + place)
        const cells = <i32>(ordinalAt(starts, first + place + 1) - begin)
        const c = columns + (<usize>begin << 2)
        const w = weights + (<usize>begin << 2)
        if (step + 1 == steps) {
          // What comes of the direction is no more asked for, only its product with it.
          const squares = squaresOfCells(others, c, w, cells, alpha, direction, size)
          addScaled(norm / (product(direction, image, size) + squares), direction, xs + at, size)
          continue
        }
        addCells(others, c, w, cells, alpha, direction, image, size, false)
        const stride: f32 = norm / product(direction, image, size)
        const residual = residuals + at
        addScaled(stride, direction, xs + at, size)
        addScaled(-stride, image, residual, size)
        const next = product(residual, residual, size)
        scaleAndAdd(next / norm, residual, direction, size)
        store<f32>(norms + (<usize>place << 2), next)
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function negate(from: usize, to: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(to + at, f32x4.neg(v128.load(from + at)))
  }
}
