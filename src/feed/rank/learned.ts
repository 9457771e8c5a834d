import type { RankingModel } from '../../models/model.ts'
import type { Feature } from '../../state/features/feature.ts'
import { type Scorer, score } from '../pipeline/scorer.ts'

/** A ranking model at work, and which one it is. */
export interface RankerInForce {
  readonly model: RankingModel
  readonly version: string
}

/**
 * Asks the model in force. Before there is one, candidates are ordered by the sources alone: the
 * sum over sources of 1 / (60 + rank), reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR
 * 2009).
 */
export function learned(
  features: readonly Feature[],
  sources: readonly string[],
  inForce: () => RankerInForce | undefined,
): Scorer {
  return {
    name: 'learned',
    reads: features,
    writes: [score],

    get model() {
      return inForce()?.version ?? 'none'
    },

    score(_query, candidates) {
      const ranker = inForce()
      const rowCount = candidates.items.length
      if (ranker === undefined)
        return [
          fused(
            sources.map((source) => candidates.rankBy(source)),
            rowCount,
          ),
        ]
      return [
        ranker.model.predict(
          features.map((feature) => candidates.column(feature)),
          rowCount,
        ),
      ]
    },

    contributions(candidates, row) {
      const values = new Float32Array(features.length)
      for (let place = 0; place < values.length; place++) {
        values[place] = candidates.column(features[place]!)[row]!
      }
      return inForce()?.model.contributions(values) ?? new Float32Array(features.length)
    },
  }
}

const fusionOffset = 60

function fused(ranks: readonly Float32Array[], rowCount: number): Float32Array {
  const sums = new Float32Array(rowCount)
  for (const column of ranks) {
    for (let row = 0; row < rowCount; row++) {
      if (column[row]! >= 0) sums[row]! += 1 / (fusionOffset + column[row]!)
    }
  }
  return sums
}
