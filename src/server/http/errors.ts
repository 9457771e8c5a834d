import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { errorCodes, toErrorBody } from '../../api/error-codes.ts'
import { type ErrorCode, invalid, StarlingError } from '../../error.ts'
import { asStarlingError, mustReport, type Report } from '../failure.ts'

interface Failure {
  readonly status: number
  readonly error: StarlingError
}

/** Answers with the one shape of an error. What only the operator must know is reported. */
export function sendError(
  reply: FastifyReply,
  thrown: unknown,
  report: Report,
  httpStatus?: number,
): FastifyReply {
  const { error, status: usual } = failureOf(thrown)
  const status = httpStatus ?? usual
  if (mustReport(error)) report(thrown)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (status === 429 || status === 503) reply.header('retry-after', '1')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(toErrorBody(error))
}

function failureOf(thrown: unknown): Failure {
  const { statusCode = 500, code, message } = (thrown ?? {}) as Partial<FrameworkError>
  if (thrown instanceof StarlingError || statusCode === 500) {
    const error = asStarlingError(thrown)
    return { status: errorCodes[error.code].http, error }
  }
  // Fastify itself refuses with these: 503 while it closes, else what the caller sent.
  const closing = statusCode === 503
  const error = closing
    ? new StarlingError('unavailable', 'the server is closing')
    : frameworkRefusal(code ?? '', message ?? '')
  return { status: statusCode, error }
}

interface FrameworkError extends Error {
  readonly statusCode: number
  readonly code: string
}

export const bodyLimitBytes = 8 * 2 ** 20

function frameworkRefusal(code: string, message: string): StarlingError {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return invalid('body', `must have at most ${bodyLimitBytes} bytes; send it in parts`)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return invalid('content-type', 'must be application/json')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return invalid('content-length', 'must be the size of the body')
    case 'FST_ERR_BAD_URL':
      return invalid('url', 'must be percent-encoded UTF-8')
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return tooLong()
    default:
      return invalid('request', `cannot be read: ${message}`)
  }
}

export const tooLong = (): StarlingError =>
  invalid('url', 'holds an id that is too long: at most 256 characters')

/** What came before there was a request: bytes that are no HTTP, headers without end. */
const clientErrors: Readonly<
  Record<string, readonly [status: string, code: ErrorCode, message: string]>
> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'deadline_exceeded',
    'the request took too long',
  ],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'invalid_argument',
    'the headers are too large',
  ],
}

export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return
  const [status, code, message] = clientErrors[error.code ?? ''] ?? [
    '400 Bad Request',
    'invalid_argument',
    'this is not an HTTP request',
  ]
  const body = JSON.stringify(toErrorBody(new StarlingError(code, message)))
  const length = Buffer.byteLength(body)
  const head = `content-type: application/json\r\ncontent-length: ${length}\r\nconnection: close`
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}`)
  socket.destroySoon()
}
