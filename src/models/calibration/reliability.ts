import { invalid } from '../../error.ts'

/** Rows that were foretold about the same. */
export interface ReliabilityBin {
  readonly rowCount: number
  readonly weight: number
  /** The mean of what was foretold, and of what came. */
  readonly foretold: number
  readonly observed: number
}

/**
 * What came of rows that were foretold alike: bins of equally many rows, in ascending order, where
 * rows foretold the same stay together. A model is calibrated where the two columns are the same.
 */
export function reliability(
  chances: ArrayLike<number>,
  labels: ArrayLike<number>,
  { bins = 10, weights }: { readonly bins?: number; readonly weights?: ArrayLike<number> } = {},
): readonly ReliabilityBin[] {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw invalid('bins', `${bins} must be a whole number >= 1`)
  }
  if (chances.length !== labels.length) {
    throw invalid('labels', `are ${labels.length}, must be as many as chances (${chances.length})`)
  }
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row)
  order.sort((one, other) => chances[one]! - chances[other]! || one - other)
  const table: ReliabilityBin[] = []
  let from = 0
  for (let bin = 1; bin <= bins; bin++) {
    let to = Math.max(from, Math.round((bin * order.length) / bins))
    while (to > from && to < order.length && chances[order[to]!] === chances[order[to - 1]!]) to++
    if (to === from) continue
    let [weight, foretold, observed] = [0, 0, 0]
    for (const row of order.subarray(from, to)) {
      const count = weights?.[row] ?? 1
      weight += count
      foretold += count * chances[row]!
      observed += count * labels[row]!
    }
    if (weight > 0) {
      const rowCount = to - from
      table.push({ rowCount, weight, foretold: foretold / weight, observed: observed / weight })
    }
    from = to
  }
  return table
}

/**
 * The mean distance of the two columns, by weight (Naeini, Cooper and Hauskrecht, AAAI 2015); 0
 * without rows.
 */
export function expectedCalibrationError(table: readonly ReliabilityBin[]): number {
  const total = table.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return 0
  const sum = table.reduce(
    (sum, { weight, foretold, observed }) => sum + weight * Math.abs(foretold - observed),
    0,
  )
  return sum / total
}
