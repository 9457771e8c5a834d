import { invalid } from '../../error.ts'
import type { Examples } from './rows.ts'

/**
 * The labels of one head and the weights of the rows.
 *
 * Throws `invalid_argument` where the head is missing, or an array is of another length or holds
 * what cannot be learned from: labels out of `range`, weights that are negative or not finite.
 */
export function labelsOf(
  { labels, weights, rowCount }: Examples,
  head: string,
  range: readonly [least: number, most: number] = [0, 1],
): { readonly labels: Float32Array; readonly weights: Float32Array } {
  const values = labels.get(head)
  if (values === undefined) throw invalid(`labels.${head}`, 'are missing')
  const counts = weights ?? new Float32Array(rowCount).fill(1)
  if (values.length !== rowCount || counts.length !== rowCount) {
    const found = `${values.length} labels and ${counts.length} weights`
    throw invalid(`labels.${head}`, `${found} were given for ${rowCount} rows`)
  }
  const [least, most] = range
  for (let row = 0; row < rowCount; row++) {
    const [label, weight] = [values[row]!, counts[row]!]
    if (!(label >= least && label <= most && Number.isFinite(label))) {
      throw invalid(`labels.${head}[${row}]`, `${label} must lie in [${least}, ${most}]`)
    }
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw invalid(`weights[${row}]`, `${weight} must be finite and >= 0`)
    }
  }
  return { labels: values, weights: counts }
}

/** What the examples tell of. Throws `invalid_argument` where that is nothing. */
export function headsOf({ labels }: Pick<Examples, 'labels'>): readonly string[] {
  if (labels.size === 0) throw invalid('labels', 'must hold at least one head')
  return [...labels.keys()]
}
