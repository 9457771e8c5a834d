import type { CanaryView } from '../../../models/evaluation/canary.ts'
import type { PromotionRules } from '../../control/declared/promotion.ts'

/** What is to be done about a version on trial, and by what that was decided. */
export interface Decision {
  readonly verdict: 'promote' | 'reject' | 'canary'
  readonly why: string
  readonly figures: Readonly<Record<string, number>>
}

const hourMs = 3_600_000

/** A population stability index above this is no chance any more. */
const driftMost = 0.25

/** Undefined while nothing can be decided. */
export function shadowStep(
  figures: Readonly<Record<string, number>>,
  sinceMs: number,
  { way, shadowRuns, canaryHoursMax }: PromotionRules,
): Decision | undefined {
  const { runs = 0, failures = 0, 'score drift': drift = 0 } = figures
  if (failures > 0) {
    return { verdict: 'reject', why: `failed on ${failures} of the runs that it shadowed`, figures }
  }
  if (runs < shadowRuns) {
    if (sinceMs < canaryHoursMax * hourMs) return undefined
    return { verdict: 'reject', why: `only ${runs} runs came in ${canaryHoursMax} h`, figures }
  }
  if (drift > driftMost) {
    const told = `scores drifted by ${drift.toFixed(3)} from where it was judged`
    return { verdict: 'reject', why: `${told}: more than ${driftMost} is too far`, figures }
  }
  const verdict = way === 'shadow-canary' ? 'canary' : 'promote'
  return { verdict, why: `sound over ${runs} runs in the shadow`, figures }
}

/**
 * A model that recalls is judged by what people came to like since: one that brings less of it for
 * sure ends at once. No page can be made by one version of it, so there is no canary after.
 */
export function recallStep(
  figures: Readonly<Record<string, number>>,
  sinceMs: number,
  { shadowRuns, canaryHoursMax }: PromotionRules,
): Decision | undefined {
  const {
    runs = 0,
    failures = 0,
    'recall lead low': low = -1,
    'recall lead high': high = 1,
  } = figures
  if (failures > 0) {
    return {
      verdict: 'reject',
      why: `failed for ${failures} of the users it was asked for`,
      figures,
    }
  }
  const { 'recall@100': own = 0, 'recall@100 of the serving one': other = 0 } = figures
  const told =
    `brings ${own.toFixed(4)} of what ${runs} users came to like, the serving one ` +
    `${other.toFixed(4)}, difference [${low.toFixed(4)}, ${high.toFixed(4)}]`
  if (high < 0) return { verdict: 'reject', why: `worse beyond chance: ${told}`, figures }
  if (runs >= shadowRuns) return { verdict: 'promote', why: `not worse for sure: ${told}`, figures }
  if (sinceMs < canaryHoursMax * hourMs) return undefined
  return { verdict: 'reject', why: `only ${runs} users came in ${canaryHoursMax} h`, figures }
}

/** A canary that is worse for sure ends at once; one that is as good serves when it is time. */
export function canaryStep(
  view: CanaryView,
  sinceMs: number,
  { canaryHoursMin, canaryHoursMax }: PromotionRules,
): Decision | undefined {
  const { stands, rate, controlRate, impressions, low, high } = view
  const { stands: _, ...figures } = view
  const told =
    `rate ${rate.toFixed(4)} against ${controlRate.toFixed(4)} over ${impressions} impressions, ` +
    `difference [${low.toFixed(4)}, ${high.toFixed(4)}]`
  if (stands === 'worse') return { verdict: 'reject', why: `worse beyond chance: ${told}`, figures }
  if (sinceMs < canaryHoursMin * hourMs) return undefined
  if (stands === 'not worse') return { verdict: 'promote', why: `not worse: ${told}`, figures }
  if (sinceMs < canaryHoursMax * hourMs) return undefined
  return { verdict: 'reject', why: `cannot be told after ${canaryHoursMax} h: ${told}`, figures }
}
