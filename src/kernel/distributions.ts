import type { Random } from './random.ts'

/** A number of mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return radius * Math.cos(2 * Math.PI * random.next())
}

/**
 * A number whose mean is shape / rate and whose variance is shape / rate² (Marsaglia and Tsang,
 * 2000). Both are > 0.
 */
export function gamma(random: Random, shape: number, rate: number): number {
  const d = shape - 1 / 3
  if (shape < 1) {
    // Algorithm's own way below 1: a larger shape, and a power of chance.
    return gamma(random, shape + 1, rate) * (1 - random.next()) ** (1 / shape)
  }
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const draw = normal(random)
    const cube = (1 + c * draw) ** 3
    if (cube <= 0) continue
    const chance = 1 - random.next()
    if (Math.log(chance) < draw ** 2 / 2 + d - d * cube + d * Math.log(cube)) {
      return (d * cube) / rate
    }
  }
}
