import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler, ValueErrorType } from '@sinclair/typebox/compiler'
import { invalid, type StarlingError } from '../error.ts'
import { isJudged } from './schema.ts'

/**
 * The one check of what is asked, whichever way it came. Compiled once per operation.
 * Throws `invalid_argument` naming the field and what is allowed.
 */
export function inputCheck<Input extends TObject>(
  schema: Input,
): (input: unknown) => Static<Input> {
  const compiled = TypeCompiler.Compile(checkable(schema) as Input) // It only widens.
  return (input) => {
    if (compiled.Check(input)) return input
    const fault = compiled.Errors(input).First()
    throw fault ? refusal(fault, schema) : invalid('input', 'is not what is described')
  }
}

/**
 * The schema as it is checked: what the engine judges is taken as it comes, and what the library
 * reads no rule from (lists of texts, times) is spelt as one that it does.
 */
function checkable(schema: TSchema): TSchema {
  if (isJudged(schema)) return Type.Unknown()
  if (schema.type === 'array') return { ...schema, items: checkable(schema.items) }
  if (schema.type === 'string') {
    const pattern = schema.format === 'date-time' ? isoTime : oneOfPattern(schema.enum)
    return pattern === undefined ? schema : Type.String({ pattern, allowed: allowed(schema) })
  }
  if (schema.properties === undefined) return schema
  const properties = Object.entries(schema.properties as Record<string, TSchema>)
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name, of]) => [name, checkable(of)])),
  }
}

/** A day, or a moment of it with its zone. */
const isoTime =
  '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])' +
  '(T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d))?$'

function oneOfPattern(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined
  return `^(${values.map((value) => value.replace(/[^\w-]/g, '\\$&')).join('|')})$`
}

interface Fault {
  readonly type: ValueErrorType
  readonly schema: TSchema
  readonly path: string
  readonly value: unknown
}

function refusal({ type, schema, path, value }: Fault, input: TObject): StarlingError {
  const field = spell(path)
  switch (type) {
    case ValueErrorType.ObjectRequiredProperty:
      return invalid(field, `is missing: it must be ${allowed(schema)}`)
    case ValueErrorType.ObjectAdditionalProperties:
      return invalid(field, `is unknown: known are ${Object.keys(input.properties).join(', ')}`)
    default:
      return invalid(field, `${shown(value)} must be ${allowedInstead(value, schema)}`)
  }
}

/** What is allowed where a number was given that is out of range: its kind was right. */
function allowedInstead(value: unknown, schema: TSchema): string {
  const isWhole = schema.type === 'integer' && Number.isInteger(value)
  return isWhole ? range(schema).trim() : allowed(schema)
}

/** What a schema allows, in words: "a whole number >= 1 and <= 100". */
export function allowed(schema: TSchema): string {
  if (schema['allowed'] !== undefined) return schema['allowed']
  if (schema.format === 'date-time') {
    return 'an ISO 8601 time with its zone, such as "2024-05-01T12:00:00Z"'
  }
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`
    case 'number':
      return `a number${range(schema)}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return `a text${lengths(schema.minLength, schema.maxLength, 'characters')}${
        schema.pattern === undefined ? '' : ', none of them a control character'
      }`
    case 'array':
      return `a list${lengths(schema.minItems, schema.maxItems, 'entries')}`
    case 'object':
      return `an object${lengths(schema.minProperties, schema.maxProperties, 'entries')}`
  }
  return 'a JSON value'
}

function range({ minimum, maximum, exclusiveMinimum }: TSchema): string {
  const bounds = [
    exclusiveMinimum !== undefined && `> ${exclusiveMinimum}`,
    minimum !== undefined && `>= ${minimum}`,
    maximum !== undefined && `<= ${maximum}`,
  ]
  const told = bounds.filter(Boolean).join(' and ')
  return told && ` ${told}`
}

function lengths(least: number | undefined, most: number | undefined, what: string): string {
  if (least === undefined && most === undefined) return ''
  if (most === undefined) return ` of at least ${least} ${what}`
  return ` of ${least ?? 0} to ${most} ${what}`
}

/** A JSON pointer as a person writes it: `/events/3/user` → `events[3].user`. */
function spell(pointer: string): string {
  const steps = pointer.slice(1).split('/')
  const names = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return clipped(
    names.reduce((path, name) => (/^\d+$/.test(name) ? `${path}[${name}]` : `${path}.${name}`)),
  )
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `with ${value.length} entries`
  if (typeof value === 'object' && value !== null)
    return `with ${Object.keys(value).length} entries`
  if (typeof value === 'string' && value.length > 40) return `with ${value.length} characters`
  return JSON.stringify(value) ?? 'undefined'
}

// A caller's text comes back in the answer: never more of it than a person wants to read.
const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
