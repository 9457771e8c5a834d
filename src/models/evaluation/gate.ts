import { type Random, seededRandom } from '../../kernel/random.ts'
import { normalShare, studentQuantile } from '../../kernel/statistics/student.ts'
import { bootstrapInterval, type Interval, pairedBootstrap } from './bootstrap.ts'

/** A figure per user, the higher the better: of all contenders the same users in the same order. */
export type Figures = Float64Array

/** Who has to be beaten, and who must not be fallen behind. */
export interface Contest {
  readonly figure: string
  readonly candidate: Figures
  /** What is worth nothing unless it is beaten: popularity, one column alone. */
  readonly baselines: ReadonlyMap<string, Figures>
  /** The one that serves, over the users (of `candidate`) that neither has learned from. */
  readonly serving?: { readonly candidate: Figures; readonly serving: Figures }
}

export interface GateRules {
  /** How far behind the serving one the candidate may be at worst. */
  readonly tolerance: number
  /** How sure it must be, in (0, 1). */
  readonly confidence: number
}

const gateRules: GateRules = { tolerance: 0.01, confidence: 0.95 }

export interface GateVerdict {
  readonly passes: boolean
  readonly reason: string
  /** Every figure with its interval, by name: 'auc', 'auc low', 'auc high', … */
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * Does the candidate earn its place? It must beat every baseline beyond chance: the interval of the
 * difference, user by user, lies above 0. And it must not fall behind the serving one by more than
 * the tolerance, as far as can be told: the interval lies above -tolerance. So luck with a few
 * users does not pass, and neither does a candidate of whom too little is known.
 *
 * The chance of passing a candidate that is no better than one of the baselines is at most half of
 * 1 - confidence, however many there are, since all must be beaten.
 */
export function judgeContest(
  { figure, candidate, baselines, serving }: Contest,
  seed: number | string,
  rules: GateRules = gateRules,
): GateVerdict {
  const random = seededRandom(seed).fork('gate')
  const options = intervalOptions(candidate.length, rules, random)
  const own = bootstrapInterval(candidate, options)
  const metrics: Record<string, number> = { ...named(figure, own), users: candidate.length }
  const told = `${figure} ${inWords(own)} over ${candidate.length}`
  for (const [name, figures] of baselines) {
    metrics[`${figure} of ${name}`] = meanOf(figures)
    const lead = pairedBootstrap(candidate, figures, options)
    Object.assign(metrics, named(`lead over ${name}`, lead))
  }
  const unbeaten = [...baselines.keys()].filter((name) => !(metrics[`lead over ${name} low`]! > 0))
  if (unbeaten.length > 0) {
    const worst = unbeaten.reduce((low, name) =>
      metrics[`lead over ${name} low`]! < metrics[`lead over ${low} low`]! ? name : low,
    )
    const by = inWords(intervalIn(metrics, `lead over ${worst}`))
    return { passes: false, reason: `${told} does not beat ${worst} beyond chance: ${by}`, metrics }
  }
  const verdict = serving && againstServing(serving, rules, random)
  Object.assign(metrics, verdict?.metrics)
  if (verdict !== undefined && !verdict.passes) {
    return { passes: false, reason: `${told} ${verdict.reason}`, metrics }
  }
  const beaten = [...baselines.keys()].join(', ')
  const over = beaten === '' ? '' : ` beats ${beaten}`
  return {
    passes: true,
    reason: [`${told}${over}`, verdict?.reason].filter(Boolean).join('; '),
    metrics,
  }
}

function againstServing(
  { candidate, serving }: NonNullable<Contest['serving']>,
  rules: GateRules,
  random: Random,
): GateVerdict {
  const lead = pairedBootstrap(candidate, serving, intervalOptions(serving.length, rules, random))
  const metrics = {
    'of the serving one': meanOf(serving),
    ...named('lead over the serving one', lead),
  }
  const { tolerance } = rules
  const passes = lead.low > -tolerance
  const words = `the serving one by ${inWords(lead)} over ${serving.length} that neither has met`
  const reason = passes
    ? `differs from ${words}`
    : `may fall behind ${words}: more than ${tolerance} is too far`
  return { passes, reason, metrics }
}

/**
 * Percentiles of a bootstrap over few users are too narrow; further out they are right (Hesterberg
 * 2015, the expanded percentile interval).
 */
function intervalOptions(count: number, { confidence }: GateRules, random: Random) {
  const freedom = Math.max(3, count - 1)
  const wide = Math.sqrt(count / freedom) * studentQuantile((1 - confidence) / 2, freedom)
  return { random, rounds: 2_000, confidence: 1 - 2 * normalShare(wide) }
}

function named(name: string, { mean, low, high }: Interval): Record<string, number> {
  return { [name]: mean, [`${name} low`]: low, [`${name} high`]: high }
}

function intervalIn(metrics: Readonly<Record<string, number>>, name: string): Interval {
  return { mean: metrics[name]!, low: metrics[`${name} low`]!, high: metrics[`${name} high`]! }
}

function inWords({ mean, low, high }: Interval): string {
  return `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}

function meanOf(values: Figures): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
