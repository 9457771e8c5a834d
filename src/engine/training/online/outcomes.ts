import type { Action } from '../../../events/event.ts'
import { positiveSignal, type Signals, signalOf } from '../../../events/signals.ts'
import type { DeclaredLabel } from '../../../state/features/declared/declaration.ts'
import { signed } from '../examples/example-table.ts'

/**
 * How the deeds on one place of a page become its label: a number that sums up what was seen so
 * far, 0 before anything was.
 */
export interface Outcome {
  next(soFar: number, deed: Deed, signals: Signals): number
  isPositive(soFar: number): boolean
}

export interface Deed {
  readonly action: Action
  readonly value?: number | undefined
}

/** What counts as a like by the signals in force, as samples of the ranker take it. */
export const bySignals: Outcome = {
  next: (soFar, { action, value }, signals) => soFar + signalOf(signals, action, value),
  isPositive: (soFar) => soFar >= positiveSignal,
}

const [seenPositive, seenNegative] = [1, 2]

/** What a label of a declared set says, as its examples take it. */
export function byLabel({ positive, negative = [] }: DeclaredLabel): Outcome {
  return {
    next(soFar, { action, value }) {
      const isFor = signed(positive, action, value)
      const isAgainst = signed(negative, action, value)
      return soFar | (isFor ? seenPositive : 0) | (isAgainst ? seenNegative : 0)
    },
    isPositive: (soFar) => soFar === seenPositive,
  }
}
