import type { ActionEvent, Event } from '../../events/event.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { decodeJson, encodeJson } from '../projections/json-value.ts'
import { signalsInForce, signalsNeed } from '../projections/parameters.ts'
import type { Happening, Past, Projection } from '../projections/projection.ts'
import { keySeparator } from '../projections/projection.ts'
import { crowdOf, isTrialArm } from './arms.ts'

/** What came of the pages of an arm, for one crowd of its users. */
export interface Outcome {
  readonly impressions: number
  /** Deeds that speak well of an item. */
  readonly successes: number
}

export const outcomeKey = (arm: string, crowd: number): string => [arm, crowd].join(keySeparator)

/**
 * Outcomes of the arms of trials, by crowd and not by user: what differs from crowd to crowd tells
 * how far chance reaches, and nobody's name is kept.
 */
export const outcomes: Projection<Outcome, Outcome> = {
  name: 'outcomes',
  version: 1,
  keyBy: 'other',

  reads: (event: Event) => (trialArmsOf(event).length > 0 ? signalsNeed : []),

  changes({ event }: Happening, past: Past) {
    const arms = trialArmsOf(event)
    if (arms.length === 0) return []
    const { action, value, user } = event as ActionEvent // Others have no arms.
    const isSuccess = signalOf(signalsInForce(past), action, value) >= positiveSignal
    const impressions = action === 'impression' ? 1 : 0
    if (impressions === 0 && !isSuccess) return []
    const change = { impressions, successes: isSuccess ? 1 : 0 }
    return arms.map((arm) => [outcomeKey(arm, crowdOf(user)), change] as const)
  },

  fold: (value = { impressions: 0, successes: 0 }, change) => ({
    impressions: value.impressions + change.impressions,
    successes: value.successes + change.successes,
  }),

  encode: encodeJson,
  decode: decodeJson,
}

function trialArmsOf(event: Event): readonly string[] {
  return event.type === 'action' ? (event.shown?.arms.filter(isTrialArm) ?? []) : []
}
