import type { Timestamp } from '../../events/clock.ts'
import type { Action } from '../../events/event.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { addDecayed } from '../../kernel/decay.ts'
import { signalsInForce, signalsNeed } from '../projections/parameters.ts'
import type { Table } from './table.ts'

/**
 * What happened to each item so far. `heat…` are sums of signals that fade with a half-life, held
 * as the exponent of a forward-decayed sum (see kernel/decay.ts), so that they compare without
 * being touched. 0 is no heat yet.
 */
export const itemCounters: Table<ItemCounter, Change> = {
  name: 'item-counters',
  version: 1,
  columns: [
    'served',
    'impressions',
    'clicks',
    'positives',
    'negatives',
    'signalSum',
    'ratings',
    'ratingSum',
    'firstAt',
    'lastAt',
    'heatDay',
    'heatFortnight',
    'heatQuarter',
  ],

  reads: () => signalsNeed,

  changes({ event }, past) {
    if (event.type === 'served') {
      return event.items.map(({ item }) => [past.ordinal(item), { kind: 'served', at: event.at }])
    }
    if (event.type !== 'action' || event.item === undefined) return []
    const signal = signalOf(signalsInForce(past), event.action, event.value)
    const { action, value, at } = event
    return [[past.ordinal(event.item), { kind: 'action', action, value, at, signal }]]
  },

  fold(data, start, change) {
    if (change.kind === 'served') {
      data[start + at.served]! += 1
      return
    }
    const { action, value, signal } = change
    if (action === 'impression') data[start + at.impressions]! += 1
    if (action === 'click') data[start + at.clicks]! += 1
    if (signal >= positiveSignal) data[start + at.positives]! += 1
    if (signal <= -positiveSignal) data[start + at.negatives]! += 1
    data[start + at.signalSum]! += signal
    if (action === 'rate' && value !== undefined) {
      data[start + at.ratings]! += 1
      data[start + at.ratingSum]! += value
    }
    if (data[start + at.firstAt] === 0) data[start + at.firstAt] = change.at
    data[start + at.lastAt] = Math.max(data[start + at.lastAt]!, change.at)
    if (signal <= 0) return
    for (const [column, halfLifeMs] of heats) {
      data[start + column] = addDecayed(data[start + column]!, signal, change.at, halfLifeMs)
    }
  },
}

export type ItemCounter =
  | 'served'
  | 'impressions'
  | 'clicks'
  | 'positives'
  | 'negatives'
  | 'signalSum'
  | 'ratings'
  | 'ratingSum'
  | 'firstAt'
  | 'lastAt'
  | 'heatDay'
  | 'heatFortnight'
  | 'heatQuarter'

type Change =
  | { readonly kind: 'served'; readonly at: Timestamp }
  | {
      readonly kind: 'action'
      readonly action: Action
      readonly value: number | undefined
      readonly at: Timestamp
      readonly signal: number
    }

/** Column numbers by name. */
const at = Object.fromEntries(itemCounters.columns.map((name, index) => [name, index])) as Record<
  ItemCounter,
  number
>

export const itemCounterColumn: Readonly<Record<ItemCounter, number>> = at

const dayMs = 86_400_000

export const heatHalfLifeMs = { heatDay: dayMs, heatFortnight: 14 * dayMs, heatQuarter: 91 * dayMs }

const heats = [
  [at.heatDay, heatHalfLifeMs.heatDay],
  [at.heatFortnight, heatHalfLifeMs.heatFortnight],
  [at.heatQuarter, heatHalfLifeMs.heatQuarter],
] as const
