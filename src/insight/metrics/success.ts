import { actions } from '../../events/event.ts'
import { positiveSignal, type Signals } from '../../events/signals.ts'
import type { Scope } from './facts/fact.ts'

/**
 * Does an action speak for its item? The same judgement as training has it (`signalOf`), as SQL
 * over the columns `action` and `value`.
 */
export function successOf(signals: Signals, { bind }: Pick<Scope, 'bind'>): string {
  const number = (value: number): string => `CAST(${bind(value)} AS DOUBLE)`
  const cases = actions.flatMap((action) => {
    const declared = signals[action]
    if (declared === undefined || Math.abs(declared.weight) < positiveSignal) return []
    const { weight, neutral, scale } = declared
    const bare = weight >= positiveSignal
    if (neutral === undefined || scale === undefined) return bare ? [`action = '${action}'`] : []
    const share = `(value - ${number(neutral)}) / ${number(scale)}`
    const signal = `${number(weight)} * greatest(-1, least(1, ${share}))`
    return [`(action = '${action}' AND coalesce(${signal} >= ${positiveSignal}, ${bare}))`]
  })
  return cases.length === 0 ? 'false' : `(${cases.join(' OR ')})`
}
