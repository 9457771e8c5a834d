import { type ErrorCode, StarlingError } from '../error.ts'

/** What each error code is called on the wire: the HTTP status and the gRPC status code. */
export const errorCodes: Readonly<Record<ErrorCode, { http: number; grpc: number }>> = {
  invalid_argument: { http: 400, grpc: 3 },
  not_found: { http: 404, grpc: 5 },
  already_exists: { http: 409, grpc: 6 },
  failed_precondition: { http: 409, grpc: 9 },
  unauthenticated: { http: 401, grpc: 16 },
  permission_denied: { http: 403, grpc: 7 },
  resource_exhausted: { http: 429, grpc: 8 },
  deadline_exceeded: { http: 504, grpc: 4 },
  canceled: { http: 499, grpc: 1 },
  unavailable: { http: 503, grpc: 14 },
  data_loss: { http: 500, grpc: 15 },
  internal: { http: 500, grpc: 13 },
}

/** An error as JSON spells it. */
export interface ErrorBody {
  readonly error: {
    readonly code: string
    /** Begins with the code in brackets. */
    readonly message: string
    /** The field at fault, as it was sent. */
    readonly field?: string
  }
}

export function toErrorBody({ code, message, field }: StarlingError): ErrorBody {
  return { error: { code, message, ...(field !== undefined && { field }) } }
}

/** The error that an answer with another status than 2xx stands for. Anything may have sent it. */
export function fromErrorBody(
  body: unknown,
  httpStatus: number,
  { retryAfterMs }: { readonly retryAfterMs?: number } = {},
): StarlingError {
  const later = retryAfterMs === undefined ? {} : { retryAfterMs }
  const { error } = (body ?? {}) as Partial<ErrorBody>
  if (error === undefined || !isErrorCode(error.code)) {
    const message = `the server answered with HTTP status ${httpStatus}`
    return new StarlingError('unavailable', message, later)
  }
  const text = String(error.message)
  const bare = text.startsWith(`[${error.code}] `) ? text.slice(error.code.length + 3) : text
  const field = error.field === undefined ? {} : { field: error.field }
  return new StarlingError(error.code, bare, { ...later, ...field })
}

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code)
