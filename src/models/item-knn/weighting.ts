import { type Interactions, transposed } from '../interactions.ts'

/** What two items are compared by: their users alike, rare users more, or both by their length. */
export type Weighting = 'cosine' | 'tf-idf' | 'bm25'

export const weightings: readonly Weighting[] = ['cosine', 'tf-idf', 'bm25']

/** How soon more of the same counts no more, and how much long documents are held back. */
const [saturation, lengthShare] = [1.2, 0.75]

/**
 * Weighs cells as words of documents, where items are the documents and users the words: who met
 * everything says little of any of it. A row per user goes in and comes out.
 *
 * tf-idf: √w log(1 + items / met by the user); bm25: log(1 + items / met by the user) times
 * w (k + 1) / (w + k (1 - b + b length / mean length)) with k 1.2 and b 0.75 (Robertson and
 * Zaragoza 2009, eq. 3.15), where the length of an item is the sum of its weights.
 */
export function weighted(matrix: Interactions, weighting: Weighting): Interactions {
  if (weighting === 'cosine') return matrix
  const { rowCount, columnCount, starts, columns, weights } = matrix
  const restraints = weighting === 'bm25' ? lengthRestraints(matrix) : undefined
  const made = new Float32Array(weights.length)
  for (let user = 0; user < rowCount; user++) {
    const [from, to] = [starts[user]!, starts[user + 1]!]
    const rarity = Math.log(1 + columnCount / (to - from))
    for (let cell = from; cell < to; cell++) {
      const weight = weights[cell]!
      const restraint = restraints?.[columns[cell]!]
      const strength =
        restraint === undefined
          ? Math.sqrt(weight)
          : (weight * (saturation + 1)) / (weight + restraint)
      made[cell] = strength * rarity
    }
  }
  return { ...matrix, weights: made }
}

function lengthRestraints(matrix: Interactions): Float64Array {
  const { rowCount, starts, weights } = transposed(matrix)
  const lengths = new Float64Array(rowCount)
  for (let item = 0; item < rowCount; item++) {
    for (let cell = starts[item]!; cell < starts[item + 1]!; cell++)
      lengths[item]! += weights[cell]!
  }
  const metCount = lengths.reduce((count, length) => count + (length > 0 ? 1 : 0), 0)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, metCount)
  return lengths.map((length) => saturation * (1 - lengthShare + (lengthShare * length) / mean))
}
