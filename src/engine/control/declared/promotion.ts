import { invalid } from '../../../error.ts'
import { checkKeys, checkNumber, type DeclaredParameter, recordAt } from './declared-parameter.ts'

/** How a version that passed the gate comes to serve. */
export interface PromotionRules {
  /** `at-once`; or tried on a share first: scored in the shadow, and served to some users. */
  readonly way: 'at-once' | 'shadow' | 'canary' | 'shadow-canary'
  /** Of requests that a shadow scores, in [0, 1]. */
  readonly shadowShare: number
  /** Runs that a shadow scores before it is judged. */
  readonly shadowRuns: number
  /** Of users that a canary is served to, in [0, 1]. */
  readonly canaryShare: number
  /** How long a canary is tried at least and at most. */
  readonly canaryHoursMin: number
  readonly canaryHoursMax: number
  /** Impressions of each arm before a canary may pass. */
  readonly impressionsMin: number
  /** How much worse than the control, as a share of its rate, is still as good. */
  readonly tolerance: number
}

export const promotionDefaults: PromotionRules = {
  way: 'at-once',
  shadowShare: 0.1,
  shadowRuns: 500,
  canaryShare: 0.05,
  canaryHoursMin: 24,
  canaryHoursMax: 24 * 14,
  impressionsMin: 5_000,
  tolerance: 0.05,
}

const ways: readonly string[] = ['at-once', 'shadow', 'canary', 'shadow-canary']

export const promotion: DeclaredParameter = {
  name: 'promotion',
  description:
    'How a version that passed the gate comes to serve: at once, or after it was scored in the ' +
    'shadow of live requests, or served to a share of users, or both.',
  initial: { ...promotionDefaults },

  check(value) {
    const rules = recordAt(value, 'value', 'a record of rules')
    checkKeys(rules, 'value', Object.keys(promotionDefaults))
    const { way } = rules
    if (way !== undefined && !(typeof way === 'string' && ways.includes(way))) {
      throw invalid('value.way', `${JSON.stringify(way)} must be one of ${ways.join(', ')}`)
    }
    checkNumber(rules['shadowShare'], 'value.shadowShare', [0, 1], false)
    checkNumber(rules['shadowRuns'], 'value.shadowRuns', [1, 1_000_000])
    checkNumber(rules['canaryShare'], 'value.canaryShare', [0, 1], false)
    checkNumber(rules['canaryHoursMin'], 'value.canaryHoursMin', [0, 8_760], false)
    checkNumber(rules['canaryHoursMax'], 'value.canaryHoursMax', [0, 8_760], false)
    checkNumber(rules['impressionsMin'], 'value.impressionsMin', [1, 1_000_000_000])
    checkNumber(rules['tolerance'], 'value.tolerance', [0, 1], false)
  },
}
