import type { Random } from '../../../kernel/random.ts'

/** Where a feed stands between a floor (0) and a ceiling (1), and between what it may well lie. */
export interface GapClosed {
  readonly closed: number
  readonly low: number
  readonly high: number
}

/** By user, in the same order: what each feed was worth to them. */
export interface Worths {
  readonly feed: Float64Array
  readonly floor: Float64Array
  readonly ceiling: Float64Array
}

const rounds = 1_000
const tail = 0.025

/**
 * (feed - floor) / (ceiling - floor) of the sums over users, with the percentile interval of 95 %
 * over users drawn with replacement (Efron 1979): a ratio of sums, all three of the same users.
 */
export function gapClosed({ feed, floor, ceiling }: Worths, random: Random): GapClosed {
  const closedBy = (userOf: (draw: number) => number): number => {
    let [above, whole] = [0, 0]
    for (let draw = 0; draw < feed.length; draw++) {
      const user = userOf(draw)
      above += feed[user]! - floor[user]!
      whole += ceiling[user]! - floor[user]!
    }
    return whole === 0 ? 0 : above / whole
  }
  const drawn = Float64Array.from({ length: rounds }, () =>
    closedBy(() => random.below(feed.length)),
  ).sort()
  return {
    closed: closedBy((user) => user),
    low: drawn[Math.floor(tail * rounds)]!,
    high: drawn[Math.ceil((1 - tail) * rounds) - 1]!,
  }
}
