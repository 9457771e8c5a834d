// Chance for kernels: xorshift64* (Vigna 2016) on a state that lies in memory, never 0. It is drawn
// from by the million, where the stream of the engine's own chance would cost more than the step.

// @ts-ignore: decorator
@inline
export function nextState(state: u64): u64 {
  state ^= state >> 12
  state ^= state << 25
  state ^= state >> 27
  return state
}

/** A whole number below a bound, of a state (Lemire 2019, without the rejection). */
// @ts-ignore: decorator
@inline
export function below(state: u64, bound: u32): u32 {
  const high = (state * 0x2545f4914f6cdd1d) >> 32
  return <u32>((high * <u64>bound) >> 32)
}
