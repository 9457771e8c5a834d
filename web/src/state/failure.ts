import { type ErrorCode, StarlingError } from '../../../src/error.ts'

/** Why something could not be had, in words for people. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  /** The field of the request that is at fault. */
  readonly field?: string
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof StarlingError)) return { code: 'internal', message: String(error) }
  const { code, field } = error
  const message = error.message.replace(`[${code}] `, '')
  return { code, message, ...(field !== undefined && { field }) }
}
