import { invalid } from '../../../../error.ts'
import type { Json } from '../../../../events/event.ts'
import { type Combination, checkCombination } from '../../../../models/ranking/combination.ts'
import {
  checkKeys,
  checkNumber,
  checkText,
  type DeclaredParameter,
  type JsonRecord,
  recordAt,
} from '../declared-parameter.ts'

/** The value of the hot parameter `combinations`: by scene. */
export type Combinations = Readonly<Record<string, Combination | undefined>>

/** Stands for every scene that has no combination of its own. */
export const everyScene = '*'

const sceneCountMax = 50
const headCountMax = 16
const shape = '{"factors": [{"head", "power", "plus"?}, …]} or {"sum": [{"head", "weight"}, …]}'

export const combinations: DeclaredParameter = {
  name: 'combinations',
  description:
    'How several things that a model foretells become one score, by scene ("*" for every other): ' +
    '{scene: {factors: [{head, power, plus?}, …]}}, a product of (plus + head) ^ power, or ' +
    '{scene: {sum: [{head, weight}, …]}}. A model with one head is ordered by it.',
  initial: {},
  makesFeeds: true,

  check(value) {
    const all = recordAt(value, 'value', `{"scene": ${shape}}`)
    const scenes = Object.keys(all)
    if (scenes.length > sceneCountMax)
      throw invalid('value', `has more than ${sceneCountMax} scenes`)
    for (const scene of scenes) checkOne(all[scene], `value.${scene}`)
  },

  checkNames(value, { scenes }) {
    const known = [...scenes, everyScene]
    const unknown = Object.keys(value as JsonRecord).find((scene) => !known.includes(scene))
    if (unknown !== undefined)
      throw invalid(`value.${unknown}`, `is no scene; there are ${known.join(', ')}`)
  },
}

function checkOne(value: Json | undefined, field: string): void {
  const one = recordAt(value, field, shape)
  checkKeys(one, field, ['factors', 'sum'])
  const { factors, sum } = one
  if ((factors === undefined) === (sum === undefined))
    throw invalid(field, 'needs either factors or sum')
  const [name, parts] = factors === undefined ? ['sum', sum] : ['factors', factors]
  const at = `${field}.${name}`
  if (!Array.isArray(parts) || parts.length > headCountMax)
    throw invalid(at, `must be a list of 1 to ${headCountMax}`)
  for (const [place, part] of parts.entries()) {
    if (name === 'sum') checkPriced(part, `${at}[${place}]`)
    else checkFactor(part, `${at}[${place}]`)
  }
  checkCombination(one as unknown as Combination, field) // Its shape is checked by now.
}

function checkFactor(value: Json | undefined, field: string): void {
  const part = recordAt(value, field, '{"head": name, "power": number, "plus"?: number}')
  checkKeys(part, field, ['head', 'power', 'plus'])
  checkHead(part['head'], field)
  needNumber(part['power'], `${field}.power`, [-10, 10])
  checkNumber(part['plus'], `${field}.plus`, [0, 1e6], false)
}

function checkPriced(value: Json | undefined, field: string): void {
  const part = recordAt(value, field, '{"head": name, "weight": number}')
  checkKeys(part, field, ['head', 'weight'])
  checkHead(part['head'], field)
  needNumber(part['weight'], `${field}.weight`, [-1e6, 1e6])
}

/** Which heads there are, a model says: it may come later than the combination. */
function checkHead(value: Json | undefined, field: string): void {
  checkText(value ?? '', `${field}.head`)
}

function needNumber(
  value: Json | undefined,
  field: string,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined)
    throw invalid(field, `is missing: a number >= ${least} and <= ${most} is needed`)
  checkNumber(value, field, [least, most], false)
}
