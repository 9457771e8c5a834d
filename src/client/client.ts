import { fromErrorBody } from '../api/error-codes.ts'
import type { AnswerOf, InputOf, Operation } from '../api/operation.ts'
import { toHttp } from '../api/query.ts'
import { type OperationName, operations, type Service } from '../api/service.ts'
import { StarlingError } from '../error.ts'

/**
 * The service over HTTP, one function per operation of its description. It runs in a browser too.
 * Rejects with the StarlingError that the server sent; `unavailable` where there was no answer.
 */
export type Client = {
  readonly [Name in OperationName]: (
    input: InputOf<Service[Name]>,
    options?: AskOptions,
  ) => Promise<AnswerOf<Service[Name]>>
}

export interface AskOptions {
  readonly signal?: AbortSignal
}

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:7700`, or empty for the page's own origin. */
  readonly base: string
  /** A key of the scope that the operations need, where keys exist. */
  readonly key?: string
  readonly fetch?: typeof fetch
}

export function createClient(options: ClientOptions): Client {
  const functions = operations.map(([name, described]) => [
    name,
    (input: Readonly<Record<string, unknown>>, asked: AskOptions = {}) =>
      ask(options, described, input, asked),
  ])
  return Object.fromEntries(functions) as Client // One function per operation, by construction.
}

async function ask(
  { base, key, fetch: send = fetch }: ClientOptions,
  described: Operation,
  input: Readonly<Record<string, unknown>>,
  { signal }: AskOptions,
): Promise<unknown> {
  const { url, body } = toHttp(described, input)
  const headers: Record<string, string> = {}
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await send(base + url, {
    method: described.method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw new StarlingError('canceled', 'nobody waits any more', { cause })
    throw new StarlingError('unavailable', `${base || 'the server'} cannot be reached`, { cause })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw fromErrorBody(answer, response.status)
  return answer
}
