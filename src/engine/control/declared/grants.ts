import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { defaultGrants, type GrantRules } from '../../../feed/grants/grant-rules.ts'
import { poolOf } from '../../../state/projections/heads.ts'
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
      checkRule(rule, `value.rules[${index}]`, segmentBy)
    }
    if (otherwise !== null) {
      const record = recordAt(otherwise, 'value.otherwise', '{"quota"?: number, …} or null')
      checkKeys(record, 'value.otherwise', allowanceKeys)
      checkAllowance(record, 'value.otherwise')
    }
    checkText(segmentBy, 'value.segmentBy')
    checkNumber(queueLength, 'value.queueLength', [1, 600])
  },

  checkNames(value, { scenes }) {
    // Checked above. Writers are not looked up: rules may be there before the algorithm.
    const { rules = [] } = value as unknown as Partial<GrantRules>
    const known = [...scenes, ...scenes.map(poolOf)]
    for (const [index, { scene }] of rules.entries()) {
      if (scene === undefined || known.includes(scene)) continue
      const field = `value.rules[${index}].scene`
      throw invalid(field, `${JSON.stringify(scene)} is no scene; there are ${scenes.join(', ')}`)
    }
  },
}

function checkRule(rule: Json, field: string, segmentBy: Json | undefined): void {
  const record = recordAt(rule, field, '{"writer"?: name, "quota"?: number, …}')
  checkKeys(record, field, [...whom, ...allowanceKeys])
  for (const key of whom) checkText(record[key], `${field}.${key}`)
  if (record['segment'] !== undefined && segmentBy === undefined) {
    const missing = 'fits nobody without value.segmentBy, the attribute of users that tells it'
    throw invalid(`${field}.segment`, missing)
  }
  checkAllowance(record, field)
}

function checkAllowance(allowance: JsonRecord, field: string): void {
  checkNumber(allowance['quota'], `${field}.quota`, [0, 1_000_000])
  checkNumber(allowance['periodMs'], `${field}.periodMs`, [0, 366 * dayMs])
  checkNumber(allowance['share'], `${field}.share`, [0, 1], false)
  checkNumber(allowance['minIntervalMs'], `${field}.minIntervalMs`, [0, 366 * dayMs])
  checkNumber(allowance['ttlMs'], `${field}.ttlMs`, [1, 366 * dayMs])
}
