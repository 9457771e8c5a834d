import { invalid } from '../../../error.ts'
import { actions } from '../../../events/event.ts'
import { fusionsParameter } from '../../../state/features/declared/sources/fusions.ts'
import type { DeclaredParameter } from './declared-parameter.ts'
import { isRecord } from './declared-parameter.ts'

const fusionCountMax = 50
const nameShape = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const weightMax = 1_000

export const fusions: DeclaredParameter = {
  name: fusionsParameter,
  description:
    'Which actions declared features count as one, and how much each counts: ' +
    '{fusion: {action: weight}}. A name that a set declares is counted so instead, from now on.',
  initial: {},

  check(value) {
    if (!isRecord(value)) throw invalid('value', 'must be {"fusion": {"action": weight, …}, …}')
    if (Object.keys(value).length > fusionCountMax)
      throw invalid('value', `must hold at most ${fusionCountMax} fusions`)
    const known: readonly string[] = actions
    for (const [name, fusion] of Object.entries(value)) {
      const at = `value.${name}`
      if (!nameShape.test(name))
        throw invalid(at, 'must be called by letters, digits, - and _, at most 64')
      if (known.includes(name)) throw invalid(at, 'is an action, which stands for itself')
      if (!isRecord(fusion)) throw invalid(at, 'must be {"action": weight, …}')
      for (const [action, weight] of Object.entries(fusion)) {
        if (!known.includes(action))
          throw invalid(`${at}.${action}`, `is no action; there are ${known.join(', ')}`)
        if (typeof weight !== 'number' || Math.abs(weight) > weightMax)
          throw invalid(`${at}.${action}`, `must be a number >= -${weightMax} and <= ${weightMax}`)
      }
    }
  },
}
