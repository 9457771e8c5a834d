import type { Pooled } from './protocols/protocol.ts'

/** The rows of a test by whose they are: users are drawn anew for an interval, not rows. */
export interface Groups {
  readonly groupCount: number
  /** By row, dense from 0. */
  readonly of: Uint32Array
}

export function byUser(users: ArrayLike<number>): Groups {
  const dense = new Map<number, number>()
  const of = Uint32Array.from(users, (user) => {
    let group = dense.get(user)
    if (group === undefined) dense.set(user, (group = dense.size))
    return group
  })
  return { groupCount: dense.size, of }
}

/** The mean of a value over all rows. */
export function pooledMean(values: Float64Array, { groupCount, of }: Groups): Pooled {
  const [sums, counts] = [new Float64Array(groupCount), new Uint32Array(groupCount)]
  for (const [row, value] of values.entries()) {
    sums[of[row]!]! += value
    counts[of[row]!]! += 1
  }
  return {
    userCount: groupCount,
    of(times) {
      let [sum, count] = [0, 0]
      for (let group = 0; group < groupCount; group++) {
        sum += times[group]! * sums[group]!
        count += times[group]! * counts[group]!
      }
      return sum / count
    },
  }
}

/**
 * The chance that a positive row of anybody is scored above a negative one, ties counting half.
 * Rows are sorted once; each crowd costs one pass over them.
 */
export function pooledAuc(scores: Float32Array, labels: Float32Array, groups: Groups): Pooled {
  const rows = Uint32Array.from(scores, (_, row) => row)
  rows.sort((one, other) => scores[one]! - scores[other]!)
  return {
    userCount: groups.groupCount,
    of(times) {
      let [pairs, below, positives, negatives] = [0, 0, 0, 0]
      for (let from = 0, to = 0; from < rows.length; from = to) {
        let [tiedPositives, tiedNegatives] = [0, 0]
        for (to = from; to < rows.length && scores[rows[to]!] === scores[rows[from]!]; to++) {
          const count = times[groups.of[rows[to]!]!]!
          if (labels[rows[to]!]! > 0.5) tiedPositives += count
          else tiedNegatives += count
        }
        pairs += tiedPositives * (below + tiedNegatives / 2)
        below += tiedNegatives
        positives += tiedPositives
        negatives += tiedNegatives
      }
      return pairs / (positives * negatives)
    },
  }
}
