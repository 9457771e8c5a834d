import { invalid } from '../../error.ts'
import type { Recommender } from '../evaluation/protocols/question.ts'
import { addSpread } from './spread.ts'

/** One of several that score, and how much of its word is taken. */
export interface Part {
  readonly recommender: Recommender
  /** > 0; only their proportions matter. */
  readonly share: number
}

/** Adds scores to a total, as loud as a share says in a measure that all are brought to. */
export type Adding = (total: Float32Array, scores: Float32Array, share: number) => void

/**
 * What several say together, each brought to one measure, so that none is louder for what it counts
 * in: for each question its scores are divided by how far they spread (`addSpread`), or by what
 * they come to in all (`addShare`, for what counts or tells chances). One that says nothing of a
 * question leaves it to the others.
 *
 * Throws `invalid_argument` for shares that are not > 0, and rejects where one scores fewer items
 * than another.
 */
export function blended(parts: readonly Part[], add: Adding = addSpread): Recommender {
  for (const [place, { share }] of parts.entries()) {
    if (share > 0 && share < Number.POSITIVE_INFINITY) continue
    throw invalid(`parts[${place}].share`, `${share} must be finite and > 0`)
  }
  return {
    async score(questions) {
      const totals: (Float32Array | undefined)[] = questions.map(() => undefined)
      // Some may answer from threads of their own, beside each other.
      const all = await Promise.all(parts.map(({ recommender }) => recommender.score(questions)))
      for (const [part, { share }] of parts.entries()) {
        for (const [place, scores] of all[part]!.entries()) {
          const total = (totals[place] ??= new Float32Array(scores.length))
          if (scores.length !== total.length) {
            const counts = `${scores.length} items where the first scores ${total.length}`
            throw invalid(`parts[${part}].recommender`, `scores ${counts}: they must be as many`)
          }
          add(total, scores, share)
        }
      }
      return totals.map((total) => total ?? new Float32Array())
    },
  }
}
