/**
 * How many deviations a normal number stays below with the chance `share`, in (0, 1): rational
 * approximation 26.2.23 of Abramowitz and Stegun, to 5 × 10⁻⁴.
 */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share)
  const t = Math.sqrt(-2 * Math.log(share))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return above / below - t
}

/** The chance that a normal number stays below: Abramowitz and Stegun 26.2.17, to 10⁻⁷. */
export function normalShare(value: number): number {
  if (value < 0) return 1 - normalShare(-value)
  const t = 1 / (1 + 0.2316419 * value)
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - sum * (Math.exp(-(value * value) / 2) / Math.sqrt(2 * Math.PI))
}

/**
 * The same for Student's t with so many degrees of freedom, >= 3: Abramowitz and Stegun 26.7.5, to
 * some per cent at 3 and far better above.
 */
export function studentQuantile(share: number, freedom: number): number {
  const z = normalQuantile(share)
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  )
}
