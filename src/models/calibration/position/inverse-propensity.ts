import { invalid } from '../../../error.ts'
import type { Examples } from '../../ranking/rows.ts'
import type { Propensities } from './propensities.ts'

export interface InverseOptions {
  readonly head: string
  /** A click counts for so many at most, >= 1: few clicks far down must not outweigh all others. */
  readonly most?: number
}

/**
 * Rows whose clicks weigh as many likings as they stand for: 1 / propensity of their place,
 * clipped. For rankers that compare the rows of a list, as LambdaMART does, the order learned is
 * that of the likings (Joachims, Swaminathan and Schnabel, WSDM 2017, eq. 6; Wang et al., WSDM
 * 2018).
 *
 * Throws `invalid_argument` for rows without positions, and for places that have no propensity > 0.
 */
export function weighedByLooks(
  examples: Examples,
  propensities: Propensities,
  options: InverseOptions,
): Examples {
  const { labels, counts } = inverse(examples, propensities, options)
  const before = examples.weights
  const weights = counts.map((count, row) => (labels[row]! > 0 ? count : 1) * (before?.[row] ?? 1))
  return { ...examples, weights }
}

/**
 * Rows whose label is click / propensity, clipped: on average that is the liking itself, which an
 * objective of squared errors comes to (Saito et al., WSDM 2020).
 */
export function labelledByLooks(
  examples: Examples,
  propensities: Propensities,
  options: InverseOptions,
): Examples {
  const { labels, counts } = inverse(examples, propensities, options)
  const raised = labels.map((label, row) => label * counts[row]!)
  return { ...examples, labels: new Map(examples.labels).set(options.head, raised) }
}

function inverse(
  { labels, positions, rowCount }: Examples,
  propensities: Propensities,
  { head, most = 10 }: InverseOptions,
) {
  if (!(most >= 1)) throw invalid('most', `${most} must be >= 1`)
  if (positions?.length !== rowCount)
    throw invalid('positions', `must be given for ${rowCount} rows`)
  const clicks = labels.get(head)
  if (clicks === undefined) throw invalid(`labels.${head}`, 'are missing')
  const counts = Float32Array.from(positions, (place, row) => {
    const look = propensities[place]
    if (look !== undefined && look > 0) return Math.min(most, 1 / look)
    throw invalid(`positions[${row}]`, `${place} has no propensity > 0`)
  })
  return { labels: clicks, counts }
}
