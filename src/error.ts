/** Every failure the engine reports carries one of these codes. There are no others. */
export type ErrorCode =
  // The caller must change the request.
  | 'invalid_argument'
  | 'not_found'
  | 'already_exists'
  | 'failed_precondition'
  | 'unauthenticated'
  | 'permission_denied'
  // The caller may retry later.
  | 'resource_exhausted'
  | 'deadline_exceeded'
  | 'canceled'
  // The operator must act.
  | 'unavailable'
  | 'data_loss'
  // We must act: this is a bug.
  | 'internal'

export interface StarlingErrorOptions extends ErrorOptions {
  /** The request field at fault, as the caller spelt it. */
  readonly field?: string
  /** How long the server asks to be left alone, where it said so. */
  readonly retryAfterMs?: number
}

/** An error whose message begins with its code, so that a line in a terminal says who must act. */
export class StarlingError extends Error {
  override readonly name = 'StarlingError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: StarlingErrorOptions = {}) {
    super(`[${code}] ${message}`, options)
    this.code = code
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
  }
}

/** A refusal of the caller's input, naming the field and the allowed range. */
export function invalid(field: string, message: string): StarlingError {
  return new StarlingError('invalid_argument', `${field} ${message}`, { field })
}

/** A promise of our own that was broken: always a bug of ours, never of the caller. */
export function broken(message: string, cause?: unknown): StarlingError {
  return new StarlingError('internal', message, { cause })
}
