import type { Action } from '../../../events/event.ts'
import type { FactName } from '../facts/fact.ts'
import type { Part } from './measure.ts'

/** Parts that many measures are made of. */
export function countOf(...actions: readonly Action[]): Part {
  return { fact: 'actions', sql: `count(*) FILTER (${isOneOf(actions)})`, actions }
}

export function meanOf(action: Action, scale = 1): Part {
  return {
    fact: 'actions',
    sql: `avg(value) FILTER (${isOneOf([action])}) / ${scale}`,
    actions: [action],
  }
}

export function rowsOf(fact: FactName): Part {
  return { fact, sql: 'count(*)' }
}

/** Names of the closed list of actions, which hold no quotes. */
export function isOneOf(actions: readonly Action[]): string {
  return `action IN (${actions.map((action) => `'${action}'`).join(', ')})`
}
