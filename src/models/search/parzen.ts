import type { Random } from '../../kernel/random.ts'

/** A density over [0, 1], made of one bell per observation and a wide one for the rest. */
export interface Parzen {
  draw(random: Random): number
  logDensity(place: number): number
}

/**
 * Bells at the observations, as wide as the farther of the two neighbours is far away, the ends of
 * the range being neighbours too; and one over the whole range, which says that nothing is known
 * where nothing was tried (Bergstra et al. 2011, section 4.2). All are cut at the ends.
 */
export function parzen(places: readonly number[]): Parzen {
  const sorted = [...places, 0.5].sort((one, other) => one - other)
  const prior = sorted.indexOf(0.5)
  const narrowest = 1 / Math.min(100, 1 + sorted.length)
  const bells = sorted.map((centre, index) => {
    if (index === prior) return bell(centre, 1)
    const below = centre - (sorted[index - 1] ?? 0)
    const above = (sorted[index + 1] ?? 1) - centre
    return bell(centre, Math.min(1, Math.max(narrowest, below, above)))
  })
  return {
    draw(random) {
      const { centre, width } = bells[random.below(bells.length)]!
      for (;;) {
        const place = centre + width * normal(random)
        if (place >= 0 && place <= 1) return place
      }
    },
    logDensity(place) {
      let sum = 0
      for (const { centre, width, mass } of bells) {
        const away = (place - centre) / width
        sum += Math.exp(-0.5 * away * away) / (width * mass)
      }
      return Math.log(sum / bells.length / Math.sqrt(2 * Math.PI))
    },
  }
}

function bell(centre: number, width: number) {
  // How much of it lies within the range.
  const mass = cumulative((1 - centre) / width) - cumulative(-centre / width)
  return { centre, width, mass }
}

/** Box and Muller 1958. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return radius * Math.cos(2 * Math.PI * random.next())
}

/** The normal distribution, to 1e-7 (Abramowitz and Stegun 1964, 7.1.26). */
function cumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const error = 1 - series * Math.exp(-x * x)
  return z >= 0 ? (1 + error) / 2 : (1 - error) / 2
}
