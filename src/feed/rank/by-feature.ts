import type { Feature } from '../../state/features/feature.ts'
import { type Scorer, score } from '../pipeline/scorer.ts'

/** Orders by one feature alone, the largest first. */
export function byFeature(name: string, feature: Feature): Scorer {
  return {
    name,
    reads: [feature],
    writes: [score],
    score: (_query, candidates) => [candidates.column(feature)],
    contributions: (values) => values.slice(),
  }
}
