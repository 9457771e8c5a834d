import { invalid } from '../../../../error.ts'
import { type Action, actions } from '../../../../events/event.ts'
import { parameters } from '../../../projections/parameters.ts'
import type { Known, Need } from '../../../projections/projection.ts'
import type { Fusion } from '../declaration.ts'

/**
 * The parameter that says how actions are counted together: {"fusion": {"action": weight}}. It
 * stands before what a set declares, from its event on; so a replay counts as serving counted.
 */
export const fusionsParameter = 'fusions'

export const fusionsNeed: readonly Need[] = [{ projection: parameters, key: fusionsParameter }]

/** Throws `invalid_argument` for a name that is neither a fusion nor an action. */
export function checkFused(field: string, name: string, declared: Fusions): void {
  if (Object.hasOwn(declared, name) || isAction(name)) return
  const known = [...Object.keys(declared), ...actions].join(', ')
  throw invalid(field, `"${name}" is neither a fusion of the set nor an action: ${known}`)
}

export type Fusions = Readonly<Record<string, Fusion>>

/** What a name stands for now. */
export function fusionInForce(name: string, declared: Fusions, known: Known): Fusion {
  // The door checks the value's shape before it is logged.
  const told = known.get(parameters, fusionsParameter)?.value as Fusions | undefined
  if (told !== undefined && Object.hasOwn(told, name)) return told[name]!
  if (Object.hasOwn(declared, name)) return declared[name]!
  return isAction(name) ? { [name]: 1 } : {}
}

function isAction(name: string): name is Action {
  return (actions as readonly string[]).includes(name)
}
