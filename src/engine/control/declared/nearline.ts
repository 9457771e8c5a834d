import type { Json } from '../../../events/event.ts'
import { nearlineBounds, nearlineDefaults } from '../../../feed/nearline/nearline-settings.ts'
import { checkKeys, checkNumber, type DeclaredParameter, recordAt } from './declared-parameter.ts'

export const nearline: DeclaredParameter = {
  name: 'nearline',
  description:
    'How pages are prepared before they are asked for: {lowWater, minIntervalMs, concurrency, ' +
    'runsPerSecond, pendingMax, activeMs, dryRuns, commonPageMs}. What is left out is as it is ' +
    'until told.',
  // The declared type has no index signature, and is JSON all the same.
  initial: nearlineDefaults as unknown as Json,

  check(value) {
    const settings = recordAt(value, 'value', '{"lowWater": number, …}')
    checkKeys(settings, 'value', Object.keys(nearlineBounds))
    for (const [name, bounds] of Object.entries(nearlineBounds)) {
      checkNumber(settings[name], `value.${name}`, bounds)
    }
  },
}
