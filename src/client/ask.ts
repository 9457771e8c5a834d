import { fromErrorBody } from '../api/error-codes.ts'
import { StarlingError } from '../error.ts'
import type { Call } from './calls.ts'
import { spell } from './spell.ts'

export interface Server {
  /** Where the server is: `http://127.0.0.1:7700`, or empty for the page's own origin. */
  readonly base: string
  /** A key of the scope that the operations need, where keys exist. */
  readonly key?: string
  readonly fetch?: typeof fetch
}

export interface Attempt {
  readonly signal?: AbortSignal | undefined
  /** True where the request must outlive the page; its body may have 64 KB then. */
  readonly keepalive?: boolean | undefined
  readonly timeLimitMs: number
}

/** Asks once. Rejects with what the server said, `unavailable` where none of ours answered. */
export async function ask(
  { base, key, fetch: send = fetch }: Server,
  call: Call,
  input: Readonly<Record<string, unknown>>,
  attempt: Attempt,
): Promise<unknown> {
  const { url, body } = spell(call, input)
  const { signal, timeLimitMs, keepalive = false } = attempt
  const headers: Record<string, string> = {}
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  const limit = timeLimit(timeLimitMs, signal)
  try {
    const response = await send(base + url, {
      method: call[0],
      headers,
      keepalive,
      signal: limit.signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return answerOf(response, await response.text())
  } catch (error) {
    if (error instanceof StarlingError) throw error
    throw failure(base, attempt, limit.isOver(), error)
  } finally {
    limit.lift()
  }
}

function failure(base: string, attempt: Attempt, isLate: boolean, cause: unknown): StarlingError {
  if (attempt.signal?.aborted)
    return new StarlingError('canceled', 'nobody waits any more', { cause })
  const server = base || 'the server'
  return isLate
    ? new StarlingError('deadline_exceeded', `${server} took over ${attempt.timeLimitMs} ms`)
    : new StarlingError('unavailable', `${server} cannot be reached`, { cause })
}

function answerOf({ ok, status, headers }: Response, text: string): unknown {
  const answer = parsed(text)
  if (!ok) throw fromErrorBody(answer, status, retryAfter(headers.get('retry-after')))
  // The log-in page of a café is no answer of ours, whatever its status.
  if (answer === undefined) throw new StarlingError('unavailable', 'the answer is no JSON')
  return answer
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(text: string | null): { readonly retryAfterMs?: number } {
  if (text === null) return {}
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return ms > 0 ? { retryAfterMs: ms } : {}
}

/** A signal that is aborted when the time is over, or when `other` is. */
function timeLimit(durationMs: number, other: AbortSignal | undefined) {
  const controller = new AbortController()
  let over = false
  const stop = (): void => controller.abort()
  const timer = Number.isFinite(durationMs)
    ? setTimeout(() => {
        over = true
        stop()
      }, durationMs)
    : undefined
  if (other?.aborted) stop()
  other?.addEventListener('abort', stop)
  return {
    signal: controller.signal,
    isOver: () => over,
    lift() {
      clearTimeout(timer)
      other?.removeEventListener('abort', stop)
    },
  }
}
