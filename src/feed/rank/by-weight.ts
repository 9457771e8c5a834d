import { type Scorer, score } from '../pipeline/scorer.ts'

/** Places that can be told apart: sources bring fewer. */
const placeCount = 1_024

/**
 * Orders by weight: how many sources proposed the item. Of the same weight, what a source put
 * higher comes first, and else what came first. So what everybody may see lies at the bottom, and
 * what several sources agree on at the top: a pyramid.
 */
export function byWeight(): Scorer {
  return {
    name: 'weight',
    reads: [],
    writes: [score],
    score(_query, candidates) {
      const scores = new Float32Array(candidates.items.length)
      for (let row = 0; row < scores.length; row++) {
        const sources = candidates.sources(row)
        const best = Math.min(...sources.map((source) => candidates.rankBy(source)[row]!))
        // Exact in single precision: places are told apart by 1 / 1024.
        scores[row] = sources.length + 1 - (Math.min(best, placeCount - 1) + 1) / placeCount
      }
      return [scores]
    },
  }
}
