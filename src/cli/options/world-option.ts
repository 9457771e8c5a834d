import { invalid } from '../../error.ts'
import { plans } from '../../insight/simulate/plans/plans.ts'
import type { WorldPlan } from '../../insight/simulate/world/plan.ts'
import type { Call } from '../command.ts'

export const worldDefault = 'movies'

/** The world that `--world` names. */
export function worldOption(values: Call['values']): WorldPlan {
  const name = String(values['world'] ?? worldDefault)
  const plan = plans.get(name)
  if (plan !== undefined) return plan
  throw invalid('world', `${name} must be one of ${[...plans.keys()].join(', ')}`)
}
