import { type Static, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'
import type { Json } from '../events/event.ts'

// No control character and no half of a surrogate pair: the door for events takes no others either.
const idPattern =
  '^(?:[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])+$'

/** The kinds of value the API is described with, each with one spelling in JSON and in protobuf. */
export const id = (description: string) =>
  Type.String({ minLength: 1, maxLength: 256, pattern: idPattern, description })

/** ISO 8601 in JSON, int64 ms in protobuf, ms since the Unix epoch inside. */
export const time = (description: string) =>
  Type.Transform(Type.String({ format: 'date-time', description }))
    .Decode((iso) => Date.parse(iso))
    .Encode((at) => new Date(at).toISOString())

/** Any JSON value; `google.protobuf.Value` in protobuf. */
export const json = Type.Unsafe<Json>(
  Type.Unknown({ title: 'Json', description: 'Any JSON value.' }),
)

/** A count or a place; int64 in protobuf unless its maximum fits an int32. */
export const whole = (description: string) => Type.Integer({ minimum: 0, description })

export function oneOf<const T extends readonly string[]>(values: T, description: string) {
  return Type.Unsafe<T[number]>(Type.String({ enum: values, description }))
}

/** A text, or null where there is none. In protobuf the field is absent then. */
export const textOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

/** Values of one kind by name. */
export function mapOf<T extends TSchema>(of: T, options: { maxProperties?: number } = {}) {
  return Type.Unsafe<Record<string, Static<T>>>(
    Type.Object({}, { ...options, additionalProperties: of }),
  )
}

/** A message: an object with a name of its own in OpenAPI and in protobuf. */
export function message<P extends TProperties>(name: string, properties: P): TObject<P> {
  return Type.Object(properties, { title: name })
}

/** What an operation takes. A name that is not described is refused: it is a typing error. */
export function input<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false })
}

/**
 * Described here, judged by the engine. Outside data has one door, which reports each bad row by
 * itself; a check here would refuse the good rows with the bad one.
 */
export function judged<T extends TSchema>(schema: T): T {
  return { ...schema, 'x-judged-by': 'engine' }
}

export const isJudged = (schema: TSchema): boolean => schema['x-judged-by'] === 'engine'
