import type { TObject, TSchema } from '@sinclair/typebox'
import { broken } from '../error.ts'

/** What a schema is, as far as a translation into another language must know. */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'flag' | 'time' | 'json' | 'attribute' }
  | { readonly kind: 'whole'; readonly fitsInt32: boolean }
  | { readonly kind: 'list' | 'map'; readonly of: TSchema }
  | { readonly kind: 'message'; readonly name: string | undefined; readonly fields: Fields }

export type Fields = readonly Field[]

export interface Field {
  readonly name: string
  readonly schema: TSchema
  /** True where the value may be absent (or null, which says the same). */
  readonly optional: boolean
}

export function shapeOf(schema: TSchema): Shape {
  if (schema.title === 'Json') return { kind: 'json' }
  if (schema.title === 'AttributeValue') return { kind: 'attribute' }
  if (schema.format === 'date-time') return { kind: 'time' }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return { kind: 'text' }
    case 'boolean':
      return { kind: 'flag' }
    case 'number':
      return { kind: 'number' }
    case 'integer':
      return { kind: 'whole', fitsInt32: (schema.maximum ?? Number.MAX_VALUE) < 2 ** 31 }
    case 'array':
      return { kind: 'list', of: schema.items }
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? { kind: 'map', of: schema.additionalProperties }
        : { kind: 'message', name: schema.title, fields: fieldsOf(schema as TObject) }
  }
  throw broken(`the description holds a schema of no known kind: ${JSON.stringify(schema)}`)
}

export function fieldsOf(schema: TObject): Fields {
  return Object.entries(schema.properties).map(([name, field]) => ({
    name,
    schema: field,
    optional: !schema.required?.includes(name) || Array.isArray(field.type),
  }))
}
