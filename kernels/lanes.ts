// Four numbers at a time: what every kernel is written in. All addresses are byte offsets into the
// memory that was given.

/** a b + c: one rounding with relaxed SIMD, where the processor has the instruction; else two. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

// @ts-ignore: decorator
@inline
export function zeros(): v128 {
  return f32x4.splat(0)
}

/** The four lanes added up, in an order that is always the same. */
// @ts-ignore: decorator
@inline
export function sumOf(v: v128): f32 {
  const even = f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2)
  const odd = f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3)
  return even + odd
}

/** The sums of four vectors, one in each lane. */
// @ts-ignore: decorator
@inline
export function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 1, 5),
    v128.shuffle<f32>(a, b, 2, 6, 3, 7),
  )
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 4, 1, 5),
    v128.shuffle<f32>(c, d, 2, 6, 3, 7),
  )
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
  )
}

/** Bytes of so many numbers of single precision. */
// @ts-ignore: decorator
@inline
export function bytesOf(count: i32): usize {
  return <usize>count << 2
}

/** Of these, what is done four at a time. */
// @ts-ignore: decorator
@inline
export function wholeBytesOf(count: i32): usize {
  return <usize>(count & ~3) << 2
}

/** The u32 at a place of an array. */
// @ts-ignore: decorator
@inline
export function ordinalAt(array: usize, place: i32): u32 {
  return load<u32>(array + (<usize>place << 2))
}

/** The number at a place of an array. */
// @ts-ignore: decorator
@inline
export function numberAt(array: usize, place: i32): f32 {
  return load<f32>(array + (<usize>place << 2))
}

/** eˣ to some 2e-7 of itself, within what single precision holds (Cephes, Moshier 1992). */
// @ts-ignore: decorator
@inline
export function exp(x: f32): f32 {
  const bounded = max<f32>(min<f32>(x, 87), -87)
  const power = nearest<f32>(bounded * <f32>1.44269504)
  const rest: f32 = bounded - power * <f32>0.693359375 + power * <f32>2.12194440e-4
  let p: f32 = 1.9875691e-4
  p = p * rest + <f32>1.3981999e-3
  p = p * rest + <f32>8.3334519e-3
  p = p * rest + <f32>4.1665796e-2
  p = p * rest + <f32>0.16666665
  p = p * rest + <f32>0.5
  const value: f32 = p * rest * rest + rest + 1
  return value * reinterpret<f32>((<i32>power + 127) << 23)
}

/** 1 / (1 + e⁻ˣ) */
// @ts-ignore: decorator
@inline
export function sigmoid(x: f32): f32 {
  return 1 / (1 + exp(-x))
}

/** `exp` of four numbers. */
// @ts-ignore: decorator
@inline
export function fourExp(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87))
  const power = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)))
  const coarse = f32x4.sub(bounded, f32x4.mul(power, f32x4.splat(0.693359375)))
  const rest = fma(power, f32x4.splat(2.12194440e-4), coarse)
  let p = f32x4.splat(1.9875691e-4)
  p = fma(p, rest, f32x4.splat(1.3981999e-3))
  p = fma(p, rest, f32x4.splat(8.3334519e-3))
  p = fma(p, rest, f32x4.splat(4.1665796e-2))
  p = fma(p, rest, f32x4.splat(0.16666665))
  p = fma(p, rest, f32x4.splat(0.5))
  const value = f32x4.add(fma(p, f32x4.mul(rest, rest), rest), f32x4.splat(1))
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127))
  return f32x4.mul(value, i32x4.shl(exponent, 23))
}

/** The inner product of vectors whose bytes are a multiple of 32. */
// @ts-ignore: decorator
@inline
export function product(left: usize, right: usize, bytes: usize): f32 {
  let even = zeros()
  let odd = zeros()
  for (let at: usize = 0; at < bytes; at += 32) {
    even = fma(v128.load(left + at), v128.load(right + at), even)
    odd = fma(v128.load(left + at, 16), v128.load(right + at, 16), odd)
  }
  return sumOf(f32x4.add(even, odd))
}
