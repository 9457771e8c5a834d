/**
 * Chance that follows from what it is about: the same keys give the same number, in whatever order
 * they are asked. So all feeds meet the same luck (common random numbers), and what differs between
 * them is their doing. A counter-based generator in the manner of Salmon et al. (SC 2011), mixed as
 * MurmurHash3 finishes.
 */
export interface Chance {
  /** In (0, 1). */
  uniform(a: number, b?: number, c?: number): number
  /** Mean 0, variance 1 (Box and Muller 1958). */
  normal(a: number, b?: number, c?: number): number
}

/** Numbers for one purpose: streams of other words have nothing to do with each other. */
export function chanceFor(word: number): Chance {
  const draw = (a: number, b: number, c: number): number => {
    let mixed = mix(word ^ Math.imul(a, 0x9e3779b1))
    mixed = mix(mixed ^ Math.imul(b, 0x85ebca77))
    mixed = mix(mixed ^ Math.imul(c, 0xc2b2ae3d))
    return (mixed + 0.5) / 4_294_967_296
  }
  return {
    uniform: (a, b = 0, c = 0) => draw(a, b, c),
    normal(a, b = 0, c = 0) {
      const radius = Math.sqrt(-2 * Math.log(draw(a, b, 2 * c)))
      return radius * Math.cos(2 * Math.PI * draw(a, b, 2 * c + 1))
    },
  }
}

function mix(word: number): number {
  let mixed = Math.imul((word ^ (word >>> 16)) + 0x7f4a7c15, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
