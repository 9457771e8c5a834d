import type { Timestamp } from '../../events/clock.ts'
import type { Json, ParameterEvent } from '../../events/event.ts'
import { defaultSignals, type Signals } from '../../events/signals.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Known, Need, Past, Projection } from './projection.ts'

/** A hot parameter as it stands, and how it came to stand so. */
export interface ParameterState {
  readonly value: Json
  readonly version: number
  readonly at: Timestamp
  readonly by: string
  /** Earlier values, newest first. */
  readonly before: readonly { readonly value: Json; readonly at: Timestamp; readonly by: string }[]
}

const historyLengthMax = 50

/** Hot parameters by name: the newest value is in force from its event on. */
export const parameters: Projection<ParameterState, ParameterEvent> = {
  name: 'parameters',
  version: 1,
  keyBy: 'other',

  changes({ event }: Happening) {
    return event.type === 'parameter' ? [[event.name, event]] : []
  },

  fold(value, { value: next, at, by }) {
    const before = value === undefined ? [] : [{ value: value.value, at: value.at, by: value.by }]
    return {
      value: next,
      version: (value?.version ?? 0) + 1,
      at,
      by,
      before: [...before, ...(value?.before ?? [])].slice(0, historyLengthMax),
    }
  },

  encode: encodeJson,
  decode: decodeJson,
}

/** The name of the parameter that holds what each action is worth. */
export const signalsParameter = 'signals'

/** The signals that an event is judged by: those in force when it happened, in the log's order. */
export function signalsInForce(past: Past | Known): Signals {
  // The door checks the value's shape before it is logged.
  return (past.get(parameters, signalsParameter)?.value as Signals | undefined) ?? defaultSignals
}

/** What a projection announces when it judges events by their signals. */
export const signalsNeed: readonly Need[] = [{ projection: parameters, key: signalsParameter }]
