import { invalid } from '../../../error.ts'
import { actions, type Json } from '../../../events/event.ts'
import { defaultSignals } from '../../../events/signals.ts'
import { signalsParameter } from '../../../state/projections/parameters.ts'
import { type DeclaredParameter, isRecord } from './declared-parameter.ts'

export const signals: DeclaredParameter = {
  name: signalsParameter,
  description:
    'What each action says of a liking: {action: {weight, neutral?, scale?}}. ' +
    'Events are judged by the signals in force when they happened.',
  // The declared type has no index signature, and is JSON all the same.
  initial: defaultSignals as unknown as Json,
  makesFeeds: true,

  check(value) {
    if (!isRecord(value)) throw invalid('value', 'must be {"action": {"weight": number, …}}')
    const known: readonly string[] = actions
    for (const [action, declared] of Object.entries(value)) {
      if (!known.includes(action))
        throw invalid(`value.${action}`, `is no action; there are ${actions.join(', ')}`)
      checkSignal(action, declared)
    }
  },
}

function checkSignal(action: string, declared: Json): void {
  if (!isRecord(declared))
    throw invalid(
      `value.${action}`,
      'must be {"weight": number, "neutral"?: number, "scale"?: number, not 0}',
    )
  const { weight, neutral, scale, ...rest } = declared
  const extra = Object.keys(rest)[0]
  if (extra !== undefined)
    throw invalid(`value.${action}.${extra}`, 'is not known; weight, neutral and scale are')
  if (typeof weight !== 'number' || Math.abs(weight) > 100) {
    throw invalid(`value.${action}.weight`, 'must be a number >= -100 and <= 100')
  }
  if ((neutral === undefined) !== (scale === undefined)) {
    throw invalid(`value.${action}`, 'needs neutral and scale together, or neither')
  }
  if (neutral !== undefined && typeof neutral !== 'number')
    throw invalid(`value.${action}.neutral`, 'must be a number')
  if (scale !== undefined && (typeof scale !== 'number' || scale === 0))
    throw invalid(`value.${action}.scale`, 'must be a number, and not 0')
}
