import type { StarlingError } from '../../../error.ts'
import type { Timestamp } from '../../../events/clock.ts'
import type { AttributeType } from '../../../events/event.ts'
import { channelsName } from '../../../state/projections/schema.ts'
import type { Condition, Order } from './condition.ts'
import { fault } from './fault.ts'
import type { Node, Operand, Subject } from './syntax.ts'
import { unknownAttribute } from './unknown-attribute.ts'

export type Schema = ReadonlyMap<string, AttributeType>

/** What a condition may be about: an attribute, or one of two things that every item has. */
type SubjectType = AttributeType | 'id' | 'age'

/** Gives every condition the type of its attribute, or says why it cannot have one. */
export function check(node: Node, schema: Schema, now: Timestamp): Condition {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, parts: node.parts.map((part) => check(part, schema, now)) }
    case 'not':
      return { kind: 'not', part: check(node.part, schema, now) }
  }
  const { subject } = node
  const attribute = subject.name
  const type = typeOf(subject, schema)
  switch (node.kind) {
    case 'exists':
      if (type === 'id' || type === 'age') throw misuse(subject, type, subject.column)
      return { kind: 'exists', attribute, type }
    case 'within':
      if (type !== 'geo') throw misuse(subject, type, subject.column)
      return { kind: 'within', attribute, circle: node.circle }
    case 'has':
      if (type !== 'tags') throw misuse(subject, type, subject.column)
      return { kind: 'tags', attribute, all: node.all, tags: node.tags }
    case 'contains':
      if (type !== 'text') throw misuse(subject, type, subject.column)
      return { kind: 'text-contains', attribute, text: node.text }
    case 'in':
      return among({ subject, type, now }, node.operands, false)
    case 'compare': {
      const { operator, operand } = node
      const about = { subject, type, now }
      if (operator === '=' || operator === '!=') return among(about, [operand], operator === '!=')
      return ordered(about, operator, operand)
    }
  }
}

interface About {
  readonly subject: Subject
  readonly type: SubjectType
  readonly now: Timestamp
}

function typeOf(subject: Subject, schema: Schema): SubjectType {
  const { name, quoted } = subject
  if (!quoted && (name === 'id' || name === 'age')) return name
  if (name === channelsName) return 'tags'
  const type = schema.get(name)
  if (type === undefined) throw unknownAttribute(subject, schema)
  return type
}

function among(about: About, operands: readonly Operand[], negated: boolean): Condition {
  const { subject, type } = about
  const attribute = subject.name
  switch (type) {
    case 'number':
    case 'time':
      return {
        kind: 'number-among',
        attribute,
        values: operands.map((operand) => quantityOf(about, operand)),
        negated,
      }
    case 'text':
      return {
        kind: 'text-among',
        attribute,
        values: operands.map((operand) => textOf(about, operand)),
        negated,
      }
    case 'id':
      return {
        kind: 'id-among',
        values: operands.map((operand) => textOf(about, operand)),
        negated,
      }
    default:
      throw misuse(subject, type, subject.column)
  }
}

function ordered(about: About, operator: Order['operator'], operand: Operand): Condition {
  const { subject, type, now } = about
  if (type !== 'number' && type !== 'time' && type !== 'age') {
    throw misuse(subject, type, subject.column)
  }
  const order = { operator, bound: quantityOf(about, operand) }
  if (type === 'age') return { kind: 'age-order', now, ...order }
  return { kind: 'number-order', attribute: subject.name, ...order }
}

/** The operand as a number, a time in ms or a duration in ms: whichever the type calls for. */
function quantityOf({ subject, type, now }: About, operand: Operand): number {
  if (type === 'number' && operand.kind === 'number') return operand.value
  if (type === 'time' && operand.kind === 'time') return operand.at
  if (type === 'time' && operand.kind === 'now') return now + operand.offsetMs
  if (type === 'age' && operand.kind === 'duration') return operand.durationMs
  throw misuse(subject, type, operand.column)
}

function textOf({ subject, type }: About, operand: Operand): string {
  if (operand.kind === 'text') return operand.value
  throw misuse(subject, type, operand.column)
}

const advice: Readonly<Record<SubjectType, string>> = {
  number: 'a number; compare it with a number, by = != < <= > >= or in',
  time: 'a time; compare it with a time such as 2020-01-31 or now - 7d, by = != < <= > >= or in',
  text: 'text; compare it with a text in quotes, by = != in or contains',
  tags: 'a list of tags; ask for them by has, has all or any',
  geo: 'a place; ask for it by within(place, latitude, longitude, 10km)',
  vector: 'a vector; ask for it by exists(vector)',
  id: 'the id of the item; compare it with a text in quotes, by = != or in',
  age: 'a duration; compare it with a duration such as 30d, by < <= > or >=',
}

function misuse({ name }: Subject, type: SubjectType, column: number): StarlingError {
  return fault(column, `${name} is ${advice[type]}`)
}
