import { StarlingError } from '../error.ts'

/** The value, where there is one; throws `not_found` otherwise. */
export function found<T>(value: T | undefined, field: string, message: string): T {
  if (value === undefined) throw new StarlingError('not_found', message, { field })
  return value
}
