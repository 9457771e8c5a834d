/** The inner product of two runs of `length` numbers, each beginning at its own start. */
export function dot(
  left: Float32Array,
  leftStart: number,
  right: Float32Array,
  rightStart: number,
  length: number,
): number {
  // Four sums at once: a single one would wait for the addition before it.
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  const whole = length & ~3
  let index = 0
  for (; index < whole; index += 4) {
    const a = leftStart + index
    const b = rightStart + index
    sum0 += left[a]! * right[b]!
    sum1 += left[a + 1]! * right[b + 1]!
    sum2 += left[a + 2]! * right[b + 2]!
    sum3 += left[a + 3]! * right[b + 3]!
  }
  for (; index < length; index++) sum0 += left[leftStart + index]! * right[rightStart + index]!
  return sum0 + sum1 + (sum2 + sum3)
}
