import type { Json } from '../../events/event.ts'
import type { ParameterChange } from '../views/parameters.ts'

/**
 * The places at which two values differ, in the order in which they stand: members by name,
 * elements by number. A value that became another kind of value differs as a whole.
 */
export function jsonChanges(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): readonly ParameterChange[] {
  if (isNested(before) && isNested(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) =>
      jsonChanges(memberOf(before, key), memberOf(after, key), joined(path, key, before)),
    )
  }
  if (before === after) return []
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

type Nested = readonly Json[] | { readonly [key: string]: Json }

function isNested(value: Json | undefined): value is Nested {
  return typeof value === 'object' && value !== null
}

function memberOf(value: Nested, key: string): Json | undefined {
  // A member that is inherited is none of the value's.
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined
}

function joined(path: string, key: string, within: Nested): string {
  if (Array.isArray(within)) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
