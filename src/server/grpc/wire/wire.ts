import type { TSchema } from '@sinclair/typebox'
import { type Fields, shapeOf } from '../../../api/shape.ts'
import type { Json } from '../../../events/event.ts'
import { fromWireAttribute, toWireAttribute, type WireAttribute } from './attribute.ts'
import { fromWireValue, toWireValue, type WireValue } from './json-value.ts'
import { protoName } from './wire-name.ts'

/** Turns a value of the API into one of the .proto file, or back. Compiled once per message. */
export type Convert = (value: unknown) => unknown

const same: Convert = (value) => value
type Named = Readonly<Record<string, unknown>>

/** Answers on their way out: times stay ms under their wire name, null is left out. */
export function toWire(schema: TSchema): Convert {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'json':
      return (value) => toWireValue(value as Json)
    case 'attribute':
      return (value) => toWireAttribute(value as Json)
    case 'list':
      return each(toWire(shape.of))
    case 'map':
      return eachValue(toWire(shape.of))
    case 'message':
      return messageToWire(shape.fields)
    default:
      return same
  }
}

function messageToWire(fields: Fields): Convert {
  const changed = fields
    .map((field) => ({ from: field.name, to: protoName(field), convert: toWire(field.schema) }))
    .filter(({ from, to, convert }) => from !== to || convert !== same)
  if (changed.length === 0) return same
  return (value) => {
    const given = value as Named
    const wire: Record<string, unknown> = { ...given }
    for (const { from, to, convert } of changed) {
      if (given[from] !== undefined) wire[to] = convert(given[from])
    }
    return wire
  }
}

/** Requests on their way in, as JSON would have spelt them. What protobuf left out stays out. */
export function fromWire(schema: TSchema): Convert {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'json':
      return (value) => fromWireValue(value as WireValue)
    case 'attribute':
      return (value) => fromWireAttribute(value as WireAttribute)
    case 'time':
      return isoOf
    case 'list':
      return each(fromWire(shape.of))
    case 'map':
      return eachValue(fromWire(shape.of))
    case 'message':
      return messageFromWire(shape.fields)
    default:
      return same
  }
}

function messageFromWire(fields: Fields): Convert {
  const known = fields.map((field) => ({
    from: protoName(field),
    to: field.name,
    convert: fromWire(field.schema),
  }))
  return (value) => {
    const wire = value as Named
    const input: Record<string, unknown> = {}
    for (const { from, to, convert } of known) {
      const given = wire[from]
      if (given !== undefined && given !== null) input[to] = convert(given)
    }
    return input
  }
}

/** What is no time is handed on as it came, for the check to name. */
function isoOf(ms: unknown): unknown {
  const time = new Date(Number(ms))
  return Number.isNaN(time.getTime()) ? ms : time.toISOString()
}

const each = (convert: Convert): Convert =>
  convert === same ? same : (values) => (values as readonly unknown[]).map(convert)

const eachValue = (convert: Convert): Convert =>
  convert === same
    ? same
    : (values) =>
        Object.fromEntries(Object.entries(values as Named).map(([key, of]) => [key, convert(of)]))
