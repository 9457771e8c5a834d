import type { UserId } from '../../events/event.ts'
import { parameters } from '../../state/projections/parameters.ts'
import type { Known, Need } from '../../state/projections/projection.ts'
import { pulse } from '../../state/projections/pulse.ts'

/** What has to be read of the state to know whether what waits for a user is out of date. */
export function beatNeeds(user: UserId, rules: readonly string[]): readonly Need[] {
  return [
    { projection: pulse, key: user },
    ...rules.map((key) => ({ projection: parameters, key })),
  ]
}

/** How often the user did something or an operator changed a rule: both only ever rise. */
export function beatsIn(known: Known, user: UserId, rules: readonly string[]): number {
  const changes = rules.map((rule) => known.get(parameters, rule)?.version ?? 0)
  return changes.reduce((sum, count) => sum + count, known.get(pulse, user) ?? 0)
}
