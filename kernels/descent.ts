// Descent on pairs of users and items: pairwise (BPR, WARP) and pointwise (logistic).
//
// Who met what is walked in segments: a few cells of one user, from all over their row, in a
// shuffled order. A user's vector stays in the cache for a segment, which halves the time of an
// order that is random cell by cell, and learns as much.
//
// A vector of a user holds 1 where that of an item holds its bias, and the other way round: both
// are at the end of the dimensions, `fixed` bytes from the start, and are put back after a step.

import { below, nextState } from './chance'
import {
  bytesOf,
  fma,
  fourExp,
  numberAt,
  ordinalAt,
  product,
  sigmoid,
  sumsOf,
  zeros,
} from './lanes'

/**
 * Whether an item is among the cells from `first` to `last`, which are in order. No step of the
 * search is a branch: half of them would be foreseen wrongly.
 */
// @ts-ignore: decorator
@inline
function isAmong(columns: usize, first: u32, last: u32, item: u32): bool {
  let at = columns + (<usize>first << 2)
  for (let count = last - first; count > 1; ) {
    const half = count >> 1
    const middle = at + (<usize>half << 2)
    at = load<u32>(middle) <= item ? middle : at
    count -= half
  }
  return load<u32>(at) == item
}

/** An item by chance: one of a pool, in which it may stand as often as it was met. */
// @ts-ignore: decorator
@inline
function drawn(pool: usize, poolCount: u32, state: u64): u32 {
  return load<u32>(pool + (<usize>below(state, poolCount) << 2))
}

/**
 * Makes user x prefer y to z by a step: `pull` is the rate times the slope of the loss. What a
 * vector loses to regularisation is in `keep`.
 */
// @ts-ignore: decorator
@inline
function pairStep(x: usize, y: usize, z: usize, size: usize, fixed: usize, pull: f32, keep: f32): void {
  const pulls = f32x4.splat(pull)
  const keeps = f32x4.splat(keep)
  for (let at: usize = 0; at < size; at += 16) {
    const user = v128.load(x + at)
    const liked = v128.load(y + at)
    const other = v128.load(z + at)
    const pulled = f32x4.mul(pulls, user)
    v128.store(x + at, fma(pulls, f32x4.sub(liked, other), f32x4.mul(keeps, user)))
    v128.store(y + at, fma(keeps, liked, pulled))
    v128.store(z + at, f32x4.sub(f32x4.mul(keeps, other), pulled))
  }
  restore(x, y, fixed)
  store<f32>(z + fixed, 1, 4)
}

// @ts-ignore: decorator
@inline
function restore(x: usize, y: usize, fixed: usize): void {
  store<f32>(x + fixed, 1)
  store<f32>(y + fixed, 1, 4)
}

/** x · (y - z), in four parts that are to be added up. */
// @ts-ignore: decorator
@inline
function lead(x: usize, y: usize, z: usize, size: usize): v128 {
  let even = zeros()
  let odd = zeros()
  for (let at: usize = 0; at < size; at += 32) {
    const low = f32x4.sub(v128.load(y + at), v128.load(z + at))
    const high = f32x4.sub(v128.load(y + at, 16), v128.load(z + at, 16))
    even = fma(v128.load(x + at), low, even)
    odd = fma(v128.load(x + at, 16), high, odd)
  }
  return f32x4.add(even, odd)
}

// A walker goes along a segment: the user's vector, the cell and how many on the next one is, the
// user's first cell and the one after the last, the item drawn for the cell; and for the step that
// is being made the vectors of the cell's item and of that one, or 0 where there is none.
const walkerBytes: usize = 32

/** Sends a walker to a segment. */
// @ts-ignore: decorator
@inline
function send(walker: usize, segment: usize, starts: usize, users: usize, size: usize): void {
  const user = load<u32>(segment)
  store<u32>(walker, users + <usize>user * size)
  store<u32>(walker, load<u32>(segment, 4), 4)
  store<u32>(walker, load<u32>(segment, 8), 8)
  store<u32>(walker, ordinalAt(starts, user), 12)
  store<u32>(walker, ordinalAt(starts, user + 1), 16)
}

// @ts-ignore: decorator
@inline
function leadOf(walker: usize, size: usize): v128 {
  const y = load<u32>(walker, 24)
  if (y == 0) return zeros()
  return lead(load<u32>(walker), y, load<u32>(walker, 28), size)
}

// @ts-ignore: decorator
@inline
function stepOf(walker: usize, size: usize, fixed: usize, pull: f32, keep: f32): void {
  const y = load<u32>(walker, 24)
  if (y == 0) return
  pairStep(load<u32>(walker), y, load<u32>(walker, 28), size, fixed, pull, keep)
}

/**
 * Bayesian personalised ranking (Rendle et al. 2009): a step for each cell against an item by
 * chance, which is passed over where the user met it. `segments` holds user, first cell, and how
 * many cells on the next one is, up to the user's last. Returns how many were ahead already.
 *
 * Four segments are walked at once, and four steps go by the vectors as they were before the first
 * of them: a step along one user's cells waits for the one before it, those of several users don't
 * wait for each other. `walkers` has room for four of them.
 */
export function bprSegments(
  segments: usize,
  from: i32,
  to: i32,
  starts: usize,
  columns: usize,
  pool: usize,
  poolCount: u32,
  users: usize,
  items: usize,
  dims: i32,
  fixed: i32,
  rate: f32,
  regularization: f32,
  random: usize,
  walkers: usize,
): i32 {
  const size = bytesOf(dims)
  const keep: f32 = 1 - rate * regularization
  const end = walkers + 4 * walkerBytes
  let state = load<u64>(random)
  let ahead = 0
  let next = segments + <usize>from * 12
  const last = segments + <usize>to * 12
  memory.fill(walkers, 0, 4 * walkerBytes)
  for (;;) {
    let walking = 0
    for (let walker = walkers; walker < end; walker += walkerBytes) {
      store<u32>(walker, 0, 24)
      if (load<u32>(walker, 4) >= load<u32>(walker, 16)) {
        if (next == last) continue
        send(walker, next, starts, users, size)
        next += 12
        state = nextState(state)
        store<u32>(walker, drawn(pool, poolCount, state), 20)
      }
      walking++
      const cell = load<u32>(walker, 4)
      store<u32>(walker, cell + load<u32>(walker, 8), 4)
      const other = load<u32>(walker, 20)
      // Drawn a step ahead, so that its place is on the way from memory meanwhile.
      state = nextState(state)
      store<u32>(walker, drawn(pool, poolCount, state), 20)
      if (isAmong(columns, load<u32>(walker, 12), load<u32>(walker, 16), other)) continue
      store<u32>(walker, items + <usize>ordinalAt(columns, cell) * size, 24)
      store<u32>(walker, items + <usize>other * size, 28)
    }
    if (walking == 0) break
    const second = walkers + walkerBytes
    const third = second + walkerBytes
    const fourth = third + walkerBytes
    const leads = sumsOf(
      leadOf(walkers, size),
      leadOf(second, size),
      leadOf(third, size),
      leadOf(fourth, size),
    )
    ahead += popcnt<i32>(i32x4.bitmask(f32x4.gt(leads, zeros())))
    const one = f32x4.splat(1)
    const pulls = f32x4.div(f32x4.splat(rate), f32x4.add(one, fourExp(leads)))
    stepOf(walkers, size, <usize>fixed, f32x4.extract_lane(pulls, 0), keep)
    stepOf(second, size, <usize>fixed, f32x4.extract_lane(pulls, 1), keep)
    stepOf(third, size, <usize>fixed, f32x4.extract_lane(pulls, 2), keep)
    stepOf(fourth, size, <usize>fixed, f32x4.extract_lane(pulls, 3), keep)
  }
  store<u64>(random, state)
  return ahead
}

/**
 * Weighted approximate-rank pairwise loss (Weston et al. 2011): items by chance until one comes
 * within 1 of the cell's; the fewer it took, the worse the cell must stand, and `strengths` says
 * how large a step is after so many. Returns how many cells found none within `drawsMax`.
 */
export function warpSegments(
  segments: usize,
  from: i32,
  to: i32,
  starts: usize,
  columns: usize,
  pool: usize,
  poolCount: u32,
  users: usize,
  items: usize,
  dims: i32,
  fixed: i32,
  rate: f32,
  regularization: f32,
  random: usize,
  strengths: usize,
  drawsMax: i32,
): i32 {
  const size = bytesOf(dims)
  const keep: f32 = 1 - rate * regularization
  let state = load<u64>(random)
  let ahead = 0
  for (let segment = from; segment < to; segment++) {
    const at = segments + <usize>segment * 12
    const user = load<u32>(at)
    const stride = load<u32>(at, 8)
    const x = users + <usize>user * size
    const rowFirst = ordinalAt(starts, user)
    const rowLast = ordinalAt(starts, user + 1)
    for (let cell = load<u32>(at, 4); cell < rowLast; cell += stride) {
      const y = items + <usize>ordinalAt(columns, cell) * size
      const bar: f32 = product(x, y, size) - 1
      let draw = 0
      for (; draw < drawsMax; draw++) {
        state = nextState(state)
        const other = drawn(pool, poolCount, state)
        const z = items + <usize>other * size
        if (product(x, z, size) <= bar || isAmong(columns, rowFirst, rowLast, other)) continue
        pairStep(x, y, z, size, <usize>fixed, rate * numberAt(strengths, draw), keep)
        break
      }
      if (draw == drawsMax) ahead++
    }
  }
  store<u64>(random, state)
  return ahead
}

/**
 * Logistic factorisation on cells and `negatives` items by chance for each (Rendle et al. 2020):
 * every pair is foretold for itself. Returns how many cells were more likely than not.
 */
export function pointSegments(
  segments: usize,
  from: i32,
  to: i32,
  starts: usize,
  columns: usize,
  pool: usize,
  poolCount: u32,
  users: usize,
  items: usize,
  dims: i32,
  fixed: i32,
  rate: f32,
  regularization: f32,
  random: usize,
  negatives: i32,
): i32 {
  const size = bytesOf(dims)
  const keep: f32 = 1 - rate * regularization
  let state = load<u64>(random)
  let ahead = 0
  for (let segment = from; segment < to; segment++) {
    const at = segments + <usize>segment * 12
    const user = load<u32>(at)
    const stride = load<u32>(at, 8)
    const x = users + <usize>user * size
    const rowFirst = ordinalAt(starts, user)
    const rowLast = ordinalAt(starts, user + 1)
    for (let cell = load<u32>(at, 4); cell < rowLast; cell += stride) {
      const y = items + <usize>ordinalAt(columns, cell) * size
      const value = product(x, y, size)
      if (value > 0) ahead++
      pointStep(x, y, size, <usize>fixed, rate * sigmoid(-value), keep)
      for (let draw = 0; draw < negatives; draw++) {
        state = nextState(state)
        const other = drawn(pool, poolCount, state)
        if (isAmong(columns, rowFirst, rowLast, other)) continue
        const z = items + <usize>other * size
        pointStep(x, z, size, <usize>fixed, -rate * sigmoid(product(x, z, size)), keep)
      }
    }
  }
  store<u64>(random, state)
  return ahead
}

// @ts-ignore: decorator
@inline
function pointStep(x: usize, y: usize, size: usize, fixed: usize, pull: f32, keep: f32): void {
  const pulls = f32x4.splat(pull)
  const keeps = f32x4.splat(keep)
  for (let at: usize = 0; at < size; at += 16) {
    const user = v128.load(x + at)
    const item = v128.load(y + at)
    v128.store(x + at, fma(pulls, item, f32x4.mul(keeps, user)))
    v128.store(y + at, fma(pulls, user, f32x4.mul(keeps, item)))
  }
  restore(x, y, fixed)
}
