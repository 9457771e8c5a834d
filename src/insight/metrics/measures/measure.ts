import type { Action } from '../../../events/event.ts'
import type { FactName } from '../facts/fact.ts'

/** A number of what happened, declared once and asked for by all dimensions of its fact. */
export interface Measure {
  readonly name: string
  readonly unit: Unit
  readonly description: string
  readonly of: Part
  /** What it is a share of: the value is `of` / `per`, and none where `per` is 0. */
  readonly per?: Part
  /** Of what there is none of: 0 where it is a sum, null (the usual) where it is a mean. */
  readonly empty?: 0
}

export type Unit = 'count' | 'share' | 'ms' | 'seconds' | 'number'

/** An aggregate over the rows of a fact. */
export interface Part {
  readonly fact: FactName
  readonly sql: string
  /** Columns that the fact has only where they are asked for. */
  readonly joins?: readonly string[]
  /** The only actions whose rows it looks at, where it does not look at all. */
  readonly actions?: readonly Action[]
}
