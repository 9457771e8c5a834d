/** How much a writer may put into one user's feed. What is left out is not bounded. */
export interface Allowance {
  /** Entries it may put in each period of `periodMs`; in each offer where there is no period. */
  readonly quota?: number
  readonly periodMs?: number
  /** The share of the queue, in [0, 1], that its entries may come to. */
  readonly share?: number
  /** Time that must have passed since it was last granted anything in the feed. */
  readonly minIntervalMs?: number
  /** How long its entries may wait, at most. */
  readonly ttlMs?: number
}

/** Whom an allowance is for. What is left out stands for all. */
export interface GrantRule extends Allowance {
  readonly writer?: string
  readonly scene?: string
  readonly segment?: string
}

/** The value of the hot parameter `grants`. */
export interface GrantRules {
  /** The first that fits decides. */
  readonly rules: readonly GrantRule[]
  /** For writers that no rule fits; `null` denies them all. */
  readonly otherwise: Allowance | null
  /** The users' attribute whose value (its text, or first tag) is the segment they belong to. */
  readonly segmentBy?: string
  /** How many entries a full queue has: what shares are shares of. */
  readonly queueLength: number
}

/**
 * In force until rules are set, and where there are none: everyone may put what a queue takes.
 */
export const defaultGrants: GrantRules = {
  rules: [],
  otherwise: { quota: 600 },
  queueLength: 200,
}

/** Whose wish is judged. */
export interface Applicant {
  readonly writer: string
  readonly scene: string
  /** The user's segment; '' where they have none. */
  readonly segment: string
}

/** The rule that fits, `undefined` where the writer is unknown, and whose users it is for. */
export interface Found {
  readonly allowance: Allowance | undefined
  readonly segment: string
}

export function ruleFor({ rules, otherwise }: GrantRules, applicant: Applicant): Found {
  const { writer, scene, segment } = applicant
  const rule = rules.find(
    (each) =>
      (each.writer ?? writer) === writer &&
      (each.scene ?? scene) === scene &&
      (each.segment ?? segment) === segment,
  )
  if (rule !== undefined) return { allowance: rule, segment: rule.segment ?? '' }
  return { allowance: otherwise ?? undefined, segment: '' }
}
