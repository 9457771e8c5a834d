import type { Event } from '../../events/event.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { parameters, signalsInForce, signalsParameter } from '../projections/parameters.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { Rows, Table } from './table.ts'

export const stepHours = 2

/** Steps kept per item: the running one and those before it, a day in all. */
export const stepCount = 12

const stepMs = stepHours * 3_600_000

const stampColumn = stepCount

/**
 * Likes of each item over the last day, counted in steps of two hours by the clock.
 *
 * A row is a ring: step number n counts in column n mod 12, and `stamp` is the newest step that was
 * counted. Events that come late count in their own step while the ring still holds it.
 */
export const itemWindows: Table<string, number> = {
  name: 'item-windows',
  version: 1,
  columns: [...Array.from({ length: stepCount }, (_, step) => `step${step}`), 'stamp'],

  reads(event: Event) {
    return event.type === 'action' ? [{ projection: parameters, key: signalsParameter }] : []
  },

  changes({ event }, past) {
    if (event.type !== 'action' || event.item === undefined) return []
    const signal = signalOf(signalsInForce(past), event.action, event.value)
    return signal >= positiveSignal ? [[past.ordinal(event.item), stepOf(event.at)]] : []
  },

  fold(data, start, step) {
    const stamp = data[start + stampColumn]!
    if (step < 0 || step <= stamp - stepCount) return
    if (step > stamp) {
      for (let passed = Math.max(stamp + 1, step - stepCount + 1); passed <= step; passed++) {
        data[start + (passed % stepCount)] = 0
      }
      data[start + stampColumn] = step
    }
    data[start + (step % stepCount)]! += 1
  },
}

/**
 * Likes within the last `hours` before `at`, up to 24, at the resolution of steps: the running step
 * and hours / 2 - 1 whole ones before it. What came after `at` is not counted.
 */
export function windowSum(rows: Rows, item: Ordinal, at: number, hours: number): number {
  if (item >= rows.rowCount) return 0
  const { data, width } = rows
  const start = item * width
  const stamp = data[start + stampColumn]!
  const now = stepOf(at)
  // Most items of a large catalogue were not liked today.
  if (stamp <= now - stepCount) return 0
  const oldest = Math.max(now - Math.ceil(hours / stepHours), stamp - stepCount, -1) + 1
  let sum = 0
  let column = oldest % stepCount
  for (let step = oldest; step <= Math.min(now, stamp); step++) {
    sum += data[start + column]!
    column = column + 1 === stepCount ? 0 : column + 1
  }
  return sum
}

function stepOf(at: number): number {
  return Math.floor(at / stepMs)
}
