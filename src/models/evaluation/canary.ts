import { invalid } from '../../error.ts'

/** What came of the pages of one arm, crowd by crowd: as many crowds in both arms. */
export interface ArmOutcomes {
  readonly impressions: ArrayLike<number>
  readonly successes: ArrayLike<number>
}

export interface CanaryRules {
  /** Impressions of each arm before anything is said for the canary. */
  readonly impressionsMin: number
  /** How much worse, as a share of the control's rate, is still as good. */
  readonly tolerance: number
  /** How sure it must be, however often one looks, in (0, 1). */
  readonly confidence: number
}

export interface CanaryView {
  readonly rate: number
  readonly controlRate: number
  readonly impressions: number
  readonly controlImpressions: number
  /** Of the difference of rates; it holds the truth at all looks together. */
  readonly low: number
  readonly high: number
  /** `worse` is sure, and so is `not worse`; else it cannot be told yet. */
  readonly stands: 'worse' | 'not worse' | 'open'
}

/**
 * How the canary does beside the control, told so that one may look as often as one likes: an
 * asymptotic confidence sequence for the difference of the rates (Waudby-Smith et al. 2024, eq. 4),
 * tightest about `impressionsMin`. The deviation is that of ratios over crowds of users, since what
 * one user does is not independent (Deng, Lu and Litz 2017).
 */
export function canaryView(
  canary: ArmOutcomes,
  control: ArmOutcomes,
  rules: CanaryRules,
): CanaryView {
  const { impressionsMin, tolerance, confidence } = rules
  if (!(impressionsMin >= 1)) throw invalid('impressionsMin', `${impressionsMin} must be >= 1`)
  if (!(confidence > 0 && confidence < 1))
    throw invalid('confidence', `${confidence} must be > 0 and < 1`)
  const [own, other] = [rateOf(canary), rateOf(control)]
  const seen = Math.min(own.impressions, other.impressions)
  const difference = own.rate - other.rate
  const reach =
    Math.sqrt(own.variance + other.variance) * widthOf(seen, impressionsMin, 1 - confidence)
  const [low, high] = [difference - reach, difference + reach]
  const isKnown = own.crowds > 1 && other.crowds > 1 && Number.isFinite(reach)
  const isEnough = isKnown && seen >= impressionsMin
  const stands =
    isKnown && high < 0 ? 'worse' : isEnough && low > -tolerance * other.rate ? 'not worse' : 'open'
  return {
    ...{
      rate: own.rate,
      controlRate: other.rate,
      low: isKnown ? low : -1,
      high: isKnown ? high : 1,
    },
    ...{ impressions: own.impressions, controlImpressions: other.impressions, stands },
  }
}

/** By what a standard deviation is multiplied, so that it holds at all looks. */
function widthOf(seen: number, tightestAt: number, alpha: number): number {
  if (seen === 0) return Number.POSITIVE_INFINITY
  const spread = -2 * Math.log(alpha)
  const rho2 = (spread + Math.log(spread + 1)) / tightestAt
  const scaled = seen * rho2
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha))
}

/** The rate over all crowds, and its variance by the delta method. */
function rateOf({ impressions, successes }: ArmOutcomes) {
  let [shown, taken, crowds] = [0, 0, 0]
  for (let crowd = 0; crowd < impressions.length; crowd++) {
    shown += impressions[crowd]!
    taken += successes[crowd]!
    if (impressions[crowd]! > 0) crowds++
  }
  const rate = shown === 0 ? 0 : taken / shown
  let squares = 0
  for (let crowd = 0; crowd < impressions.length; crowd++) {
    squares += (successes[crowd]! - rate * impressions[crowd]!) ** 2
  }
  const variance = crowds > 1 ? ((crowds / (crowds - 1)) * squares) / shown ** 2 : 0
  return { rate, variance, impressions: shown, crowds }
}
