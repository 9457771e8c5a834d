// Skip-gram with negative sampling (Mikolov et al. 2013), over sequences of items.

import { below, nextState } from './chance'
import { bytesOf, fma, ordinalAt, product, sigmoid } from './lanes'

/**
 * For each item of the sequences `from` to `to` and each of its neighbours, up to a number of
 * places by chance below `window` away: the neighbour's vector foretells the item, and not
 * `negatives` items by chance. `outputs` are the vectors that are foretold; `scratch` has dims
 * numbers. Returns how many pairs there were.
 */
export function skipGrams(
  starts: usize,
  items: usize,
  from: i32,
  to: i32,
  inputs: usize,
  outputs: usize,
  dims: i32,
  window: u32,
  negatives: i32,
  pool: usize,
  poolCount: u32,
  rate: f32,
  scratch: usize,
  random: usize,
): i32 {
  const size = bytesOf(dims)
  let state = load<u64>(random)
  let pairs = 0
  for (let sequence = from; sequence < to; sequence++) {
    const first = <i32>ordinalAt(starts, sequence)
    const last = <i32>ordinalAt(starts, sequence + 1)
    for (let centre = first; centre < last; centre++) {
      state = nextState(state)
      const reach = 1 + <i32>below(state, window)
      const item = ordinalAt(items, centre)
      const end = min(last, centre + reach + 1)
      for (let place = max(first, centre - reach); place < end; place++) {
        if (place == centre) continue
        const input = inputs + <usize>ordinalAt(items, place) * size
        memory.fill(scratch, 0, size)
        step(input, outputs + <usize>item * size, scratch, size, rate, 1)
        for (let draw = 0; draw < negatives; draw++) {
          state = nextState(state)
          const other = load<u32>(pool + (<usize>below(state, poolCount) << 2))
          if (other == item) continue
          step(input, outputs + <usize>other * size, scratch, size, rate, 0)
        }
        for (let at: usize = 0; at < size; at += 16) {
          v128.store(input + at, f32x4.add(v128.load(input + at), v128.load(scratch + at)))
        }
        pairs++
      }
    }
  }
  store<u64>(random, state)
  return pairs
}

/** One logistic step; what it does to the input waits in `scratch` until all have been taken. */
// @ts-ignore: decorator
@inline
function step(input: usize, output: usize, scratch: usize, size: usize, rate: f32, label: f32): void {
  const pull = f32x4.splat(rate * (label - sigmoid(product(input, output, size))))
  for (let at: usize = 0; at < size; at += 16) {
    const value = v128.load(output + at)
    v128.store(scratch + at, fma(pull, value, v128.load(scratch + at)))
    v128.store(output + at, fma(pull, v128.load(input + at), value))
  }
}
