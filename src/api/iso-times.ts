import type { TSchema } from '@sinclair/typebox'
import { type Fields, shapeOf } from './shape.ts'

type Convert = (value: unknown) => unknown

/**
 * Spells the times of an answer as JSON has them: ms since the epoch become ISO 8601.
 * Compiled once per operation; what holds no time is not copied.
 */
export function isoTimes(schema: TSchema): Convert {
  return converter(schema) ?? ((value) => value)
}

/** Absent where nothing below the schema is a time. */
function converter(schema: TSchema): Convert | undefined {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'time':
      return (at) => new Date(at as number).toISOString()
    case 'list': {
      const convert = converter(shape.of)
      return convert && ((entries) => (entries as readonly unknown[]).map(convert))
    }
    case 'message':
      return messageConverter(shape.fields)
  }
  return undefined
}

function messageConverter(fields: Fields): Convert | undefined {
  const converters: (readonly [string, Convert])[] = []
  for (const { name, schema } of fields) {
    const convert = converter(schema)
    if (convert) converters.push([name, convert])
  }
  if (converters.length === 0) return undefined
  return (value) => {
    const given = value as Readonly<Record<string, unknown>>
    let copy: Record<string, unknown> | undefined
    for (const [name, convert] of converters) {
      if (given[name] === undefined) continue
      copy ??= { ...given }
      copy[name] = convert(given[name])
    }
    return copy ?? value
  }
}
