import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { defaultGrants } from '../../../feed/grants/grant-rules.ts'
import {
  checkKeys,
  checkNumber,
  checkText,
  type DeclaredParameter,
  type JsonRecord,
  recordAt,
} from './declared-parameter.ts'

const ruleCountMax = 200
const dayMs = 86_400_000

const allowanceKeys = ['quota', 'periodMs', 'share', 'minIntervalMs', 'ttlMs']
const whom = ['writer', 'scene', 'segment']

export const grants: DeclaredParameter = {
  name: 'grants',
  description:
    'How much algorithms may put into the queue of a user: {rules: [{writer?, scene?, segment?, ' +
    'quota?, periodMs?, share?, minIntervalMs?, ttlMs?}], otherwise, segmentBy?, queueLength}. ' +
    'The first rule that fits decides; `otherwise` is for the rest, and null denies them.',
  // The declared type has no index signature, and is JSON all the same.
  initial: defaultGrants as unknown as Json,

  check(value) {
    const grants = recordAt(value, 'value', '{"rules": […], "otherwise": {…} or null, …}')
    checkKeys(grants, 'value', ['rules', 'otherwise', 'segmentBy', 'queueLength'])
    const { rules = [], otherwise = {}, segmentBy, queueLength } = grants
    if (!Array.isArray(rules) || rules.length > ruleCountMax)
      throw invalid('value.rules', `must be a list of at most ${ruleCountMax} rules`)
    for (const [index, rule] of (rules as readonly Json[]).entries()) {
      const field = `value.rules[${index}]`
      const record = recordAt(rule, field, '{"writer"?: name, "quota"?: number, …}')
      checkKeys(record, field, [...whom, ...allowanceKeys])
      for (const key of whom) checkText(record[key], `${field}.${key}`)
      checkAllowance(record, field)
    }
    if (otherwise !== null) {
      const record = recordAt(otherwise, 'value.otherwise', '{"quota"?: number, …} or null')
      checkKeys(record, 'value.otherwise', allowanceKeys)
      checkAllowance(record, 'value.otherwise')
    }
    checkText(segmentBy, 'value.segmentBy')
    checkNumber(queueLength, 'value.queueLength', [1, 600])
  },
}

function checkAllowance(allowance: JsonRecord, field: string): void {
  checkNumber(allowance['quota'], `${field}.quota`, [0, 1_000_000])
  checkNumber(allowance['periodMs'], `${field}.periodMs`, [0, 366 * dayMs])
  checkNumber(allowance['share'], `${field}.share`, [0, 1], false)
  checkNumber(allowance['minIntervalMs'], `${field}.minIntervalMs`, [0, 366 * dayMs])
  checkNumber(allowance['ttlMs'], `${field}.ttlMs`, [1, 366 * dayMs])
}
