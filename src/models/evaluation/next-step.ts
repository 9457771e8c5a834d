import { expectedNdcg, tiedRanks } from './tied-rank.ts'

/** What somebody met, the oldest first where an order is known, and what came next. */
export interface NextStep {
  readonly past: Uint32Array
  readonly target: number
}

/** How long the lists are whose NDCG decides when a fit stops. */
const judgedLength = 10

/**
 * The mean NDCG of what came next, among all that was not met before; what comes again counts as
 * new. `scores` is asked once per step, for one number per item, which it gives away.
 */
export function meanNdcg(
  steps: readonly NextStep[],
  scores: (step: NextStep, place: number) => Float32Array,
): number {
  let gain = 0
  for (const [place, step] of steps.entries()) {
    const all = scores(step, place)
    for (const item of step.past) if (item !== step.target) all[item] = Number.NEGATIVE_INFINITY
    gain += expectedNdcg(tiedRanks(all, [step.target]), judgedLength)
  }
  return gain / steps.length
}
