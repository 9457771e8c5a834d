import type { RequestId, UserId } from '../../events/event.ts'
import type { RankingModel } from '../../models/model.ts'
import type { Feature } from '../../state/features/feature.ts'
import type { Query } from '../pipeline/query.ts'
import { type Scorer, score } from '../pipeline/scorer.ts'

/** A ranking model at work, and which one it is. */
export interface RankerInForce {
  readonly model: RankingModel
  readonly version: string
  /** Told what it was given and what it made of it, on the request's path: it must be quick. */
  readonly scored?: (run: ScoredRun) => void
}

export interface ScoredRun {
  readonly request: RequestId
  /** One per feature, of at least `rowCount` values; they belong to the run. */
  readonly columns: readonly Float32Array[]
  readonly rowCount: number
  readonly scores: Float32Array
}

/**
 * Asks the model in force. Before there is one, candidates are ordered by the sources: the sum over
 * sources of 1 / (60 + rank), reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009), less
 * of it for what the user turned away from. Sources bring what is liked; none brings what is not.
 */
export function learned(
  features: readonly Feature[],
  sources: readonly string[],
  inForce: (user?: UserId) => RankerInForce | undefined,
): Scorer {
  // A run is ranked, named and explained by one version, also where another comes in between.
  const asked = new WeakMap<Query, RankerInForce>()
  const interests = features.filter(({ name }) => interestNames.has(name))
  return {
    name: 'learned',
    reads: features,
    writes: [score],

    get model() {
      return inForce()?.version ?? 'none'
    },

    modelFor: (query) => asked.get(query)?.version ?? 'none',

    score(query, candidates) {
      const ranker = inForce(query.user)
      const rowCount = candidates.items.length
      if (ranker === undefined) {
        const ranks = sources.map((source) => candidates.rankBy(source))
        const interest = interests.map((feature) => candidates.column(feature))
        return [lessOfDisliked(fused(ranks, rowCount), interest)]
      }
      asked.set(query, ranker)
      const columns = features.map((feature) => candidates.column(feature))
      const scores = ranker.model.predict(columns, rowCount)
      ranker.scored?.({ request: query.request, columns, rowCount, scores })
      return [scores]
    },

    contributions: (values, query, into) =>
      asked.get(query)?.model.contributions(values, into) ?? new Float32Array(features.length),
  }
}

/** Features that are below 0 for what is not to the user's taste. */
const interestNames: ReadonlySet<string> = new Set(['lasting-interest', 'session-interest'])

/** Divided by 1 and how far their mean lies below 0; what is liked has its sources, and stays. */
function lessOfDisliked(sums: Float32Array, interests: readonly Float32Array[]): Float32Array {
  for (let row = 0; row < sums.length; row++) {
    let interest = 0
    for (const column of interests) interest += column[row]! / interests.length
    if (interest < 0) sums[row]! /= 1 - interest
  }
  return sums
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
