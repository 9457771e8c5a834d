import type { Timestamp } from '../../../events/clock.ts'

/** An expression as it was written: names are not looked up yet, and types not checked. */
export type Node =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Node[] }
  | { readonly kind: 'not'; readonly part: Node }
  | { readonly kind: 'exists'; readonly subject: Subject }
  | { readonly kind: 'within'; readonly subject: Subject; readonly circle: Circle }
  | {
      readonly kind: 'compare'
      readonly subject: Subject
      readonly operator: Operator
      readonly operand: Operand
    }
  | { readonly kind: 'in'; readonly subject: Subject; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'has'
      readonly subject: Subject
      readonly all: boolean
      readonly tags: readonly string[]
    }
  | { readonly kind: 'contains'; readonly subject: Subject; readonly text: string }

export const operators = ['=', '!=', '<', '<=', '>', '>='] as const

export type Operator = (typeof operators)[number]

/** The attribute that a condition is about. */
export interface Subject {
  readonly name: string
  /** In backquotes a name means an attribute, also where the language has a word of that name. */
  readonly quoted: boolean
  readonly column: number
}

export type Operand = { readonly column: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'time'; readonly at: Timestamp }
  | { readonly kind: 'now'; readonly offsetMs: number }
  | { readonly kind: 'duration'; readonly durationMs: number }
)

/** All points at most `radiusM` metres from a point given in degrees. */
export interface Circle {
  readonly latitude: number
  readonly longitude: number
  readonly radiusM: number
}
