// Rows of tables by their ids, and the steps of descent: what training of embeddings needs beside a
// library that multiplies matrices. Widths may be any. A kernel that takes ids returns the place of
// the first that is out of range, before which all is done, or -1.

import { bytesOf, fma, ordinalAt, sumOf, wholeBytesOf, zeros } from './lanes'

/** The inner product. */
export function dot(left: usize, right: usize, count: i32): f32 {
  const end = bytesOf(count)
  const whole = wholeBytesOf(count)
  const paired = whole & ~31
  let even = zeros()
  let odd = zeros()
  let at: usize = 0
  for (; at < paired; at += 32) {
    even = fma(v128.load(left + at), v128.load(right + at), even)
    odd = fma(v128.load(left + at, 16), v128.load(right + at, 16), odd)
  }
  for (; at < whole; at += 16) even = fma(v128.load(left + at), v128.load(right + at), even)
  let sum = sumOf(f32x4.add(even, odd))
  for (; at < end; at += 4) sum += load<f32>(left + at) * load<f32>(right + at)
  return sum
}

/** to += factor × from */
export function axpy(factor: f32, from: usize, to: usize, count: i32): void {
  const end = bytesOf(count)
  const whole = wholeBytesOf(count)
  const factors = f32x4.splat(factor)
  let at: usize = 0
  for (; at < whole; at += 16) {
    v128.store(to + at, fma(factors, v128.load(from + at), v128.load(to + at)))
  }
  for (; at < end; at += 4) {
    store<f32>(to + at, load<f32>(to + at) + factor * load<f32>(from + at))
  }
}

/** to = keep × to + factor × from */
export function mix(keep: f32, factor: f32, from: usize, to: usize, count: i32): void {
  const end = bytesOf(count)
  const whole = wholeBytesOf(count)
  const factors = f32x4.splat(factor)
  const keeps = f32x4.splat(keep)
  let at: usize = 0
  for (; at < whole; at += 16) {
    const kept = f32x4.mul(keeps, v128.load(to + at))
    v128.store(to + at, fma(factors, v128.load(from + at), kept))
  }
  for (; at < end; at += 4) {
    store<f32>(to + at, keep * load<f32>(to + at) + factor * load<f32>(from + at))
  }
}

/** The rows of a table by their ids, one after the other. */
export function gather(
  table: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  to: usize,
): i32 {
  const end = bytesOf(width)
  const whole = wholeBytesOf(width)
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) return place
    const from = table + <usize>id * end
    let at: usize = 0
    for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at))
    for (; at < end; at += 4) store<f32>(to + at, load<f32>(from + at))
    to += end
  }
  return -1
}

/** Adds factor × rows, one after the other, to the rows of a table that the ids name. */
export function scatterAdd(
  table: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  rows: usize,
  factor: f32,
): i32 {
  const size = bytesOf(width)
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) return place
    axpy(factor, rows, table + <usize>id * size, width)
    rows += size
  }
  return -1
}

/**
 * Adds up the rows of equal ids, in place: afterwards ids and rows begin with each id once, in the
 * order in which they first came. `slots` has a u32 for each row of the table, all 0 before and
 * after. Returns how many ids there are, or -1 - the place of the first that is out of range.
 */
export function coalesce(
  slots: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  rows: usize,
): i32 {
  const size = bytesOf(width)
  let kept = 0
  let fault = 0
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) {
      fault = -1 - place
      break
    }
    const from = rows + <usize>place * size
    const slot = slots + (<usize>id << 2)
    const known = load<u32>(slot)
    if (known != 0) {
      axpy(1, from, rows + <usize>(known - 1) * size, width)
      continue
    }
    if (kept != place) memory.copy(rows + <usize>kept * size, from, size)
    store<u32>(ids + (<usize>kept << 2), id)
    store<u32>(slot, ++kept)
  }
  for (let place = 0; place < kept; place++) {
    store<u32>(slots + (<usize>ordinalAt(ids, place) << 2), 0)
  }
  return fault == 0 ? kept : fault
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1): `undoFirst` and `undoSecond` are 1 / (1 - betaᵗ); `keep`
 * is 1, or less where weights decay apart from the gradient (Loshchilov and Hutter 2019).
 */
export function adam(
  weights: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  undoFirst: f32,
  undoSecond: f32,
  epsilon: f32,
  keep: f32,
): void {
  const end = bytesOf(count)
  const whole = wholeBytesOf(count)
  const stride: f32 = -rate * undoFirst
  let at: usize = 0
  for (; at < whole; at += 16) {
    const g = v128.load(gradients + at)
    const fresh = f32x4.mul(f32x4.splat(1 - beta1), g)
    const m = fma(f32x4.splat(beta1), v128.load(first + at), fresh)
    const square = f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(g, g))
    const v = fma(f32x4.splat(beta2), v128.load(second + at), square)
    v128.store(first + at, m)
    v128.store(second + at, v)
    const root = f32x4.sqrt(f32x4.mul(v, f32x4.splat(undoSecond)))
    const step = f32x4.div(m, f32x4.add(root, f32x4.splat(epsilon)))
    const kept = f32x4.mul(f32x4.splat(keep), v128.load(weights + at))
    v128.store(weights + at, fma(f32x4.splat(stride), step, kept))
  }
  for (; at < end; at += 4) {
    const g = load<f32>(gradients + at)
    const m: f32 = beta1 * load<f32>(first + at) + (1 - beta1) * g
    const v: f32 = beta2 * load<f32>(second + at) + (1 - beta2) * (g * g)
    store<f32>(first + at, m)
    store<f32>(second + at, v)
    const step: f32 = m / (sqrt<f32>(v * undoSecond) + epsilon)
    store<f32>(weights + at, keep * load<f32>(weights + at) + stride * step)
  }
}

/** Adam over the rows that the ids name, each once; rows without a gradient are left alone. */
export function adamRows(
  table: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  gradients: usize,
  first: usize,
  second: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  undoFirst: f32,
  undoSecond: f32,
  epsilon: f32,
  keep: f32,
): i32 {
  const size = bytesOf(width)
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) return place
    const row = <usize>id * size
    const w = table + row
    const m = first + row
    const v = second + row
    adam(w, gradients, m, v, width, rate, beta1, beta2, undoFirst, undoSecond, epsilon, keep)
    gradients += size
  }
  return -1
}

/** Adagrad (Duchi et al. 2011): `squares` sums the squares of all gradients so far. */
export function adagrad(
  weights: usize,
  gradients: usize,
  squares: usize,
  count: i32,
  rate: f32,
  epsilon: f32,
): void {
  const end = bytesOf(count)
  const whole = wholeBytesOf(count)
  let at: usize = 0
  for (; at < whole; at += 16) {
    const g = v128.load(gradients + at)
    const sum = fma(g, g, v128.load(squares + at))
    v128.store(squares + at, sum)
    const step = f32x4.div(g, f32x4.add(f32x4.sqrt(sum), f32x4.splat(epsilon)))
    v128.store(weights + at, fma(f32x4.splat(-rate), step, v128.load(weights + at)))
  }
  for (; at < end; at += 4) {
    const g = load<f32>(gradients + at)
    const sum: f32 = g * g + load<f32>(squares + at)
    store<f32>(squares + at, sum)
    const step: f32 = g / (sqrt<f32>(sum) + epsilon)
    store<f32>(weights + at, load<f32>(weights + at) - rate * step)
  }
}

/** Adagrad over the rows that the ids name, each once. */
export function adagradRows(
  table: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  gradients: usize,
  squares: usize,
  rate: f32,
  epsilon: f32,
): i32 {
  const size = bytesOf(width)
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) return place
    const row = <usize>id * size
    adagrad(table + row, gradients, squares + row, width, rate, epsilon)
    gradients += size
  }
  return -1
}

/**
 * FTRL-Proximal (McMahan et al. 2013, algorithm 1) over the rows that the ids name, each once:
 * `sums` and `squares` are z and n of the paper, and the weights follow from them.
 */
export function ftrlRows(
  table: usize,
  rowCount: u32,
  width: i32,
  ids: usize,
  count: i32,
  gradients: usize,
  sums: usize,
  squares: usize,
  alpha: f32,
  beta: f32,
  l1: f32,
  l2: f32,
): i32 {
  const size = bytesOf(width)
  for (let place = 0; place < count; place++) {
    const id = ordinalAt(ids, place)
    if (id >= rowCount) return place
    const row = <usize>id * size
    for (let at = row; at < row + size; at += 4) {
      const g = load<f32>(gradients)
      const n = load<f32>(squares + at)
      const next: f32 = n + g * g
      const root = sqrt<f32>(next)
      const sigma: f32 = (root - sqrt<f32>(n)) / alpha
      const z: f32 = load<f32>(sums + at) + g - sigma * load<f32>(table + at)
      store<f32>(squares + at, next)
      store<f32>(sums + at, z)
      // Within l1 of nothing a weight is nothing: this is what makes the model sparse.
      const beyond: f32 = abs<f32>(z) - l1
      const weight: f32 = -copysign<f32>(beyond, z) / ((beta + root) / alpha + l2)
      store<f32>(table + at, beyond > 0 ? weight : 0)
      gradients += 4
    }
  }
  return -1
}
