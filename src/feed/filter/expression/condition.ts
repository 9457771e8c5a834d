import type { Timestamp } from '../../../events/clock.ts'
import type { AttributeType, ItemId } from '../../../events/event.ts'
import type { Circle } from './syntax.ts'

/** An expression that was checked against the schema: every attribute exists and has this type. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly attribute: string; readonly type: AttributeType }
  | { readonly kind: 'within'; readonly attribute: string; readonly circle: Circle }
  | ({ readonly kind: 'number-order'; readonly attribute: string } & Order)
  | ({ readonly kind: 'number-among'; readonly attribute: string } & Among<number>)
  | ({ readonly kind: 'text-among'; readonly attribute: string } & Among<string>)
  | ({ readonly kind: 'id-among' } & Among<ItemId>)
  /** How long ago the item became available, in ms. */
  | ({ readonly kind: 'age-order'; readonly now: Timestamp } & Order)
  | {
      readonly kind: 'tags'
      readonly attribute: string
      readonly all: boolean
      readonly tags: readonly string[]
    }
  | { readonly kind: 'text-contains'; readonly attribute: string; readonly text: string }

/** How a number (or a time, in ms) lies to a bound. Where there is none, it does not hold. */
export interface Order {
  readonly operator: '<' | '<=' | '>' | '>='
  readonly bound: number
}

/** Is the value one of these, or (negated) another one? Where there is none, neither holds. */
export interface Among<Value> {
  readonly values: readonly Value[]
  readonly negated: boolean
}
