import type { AnswerOf, InputOf } from '../api/operation.ts'
import type { OperationName, Service } from '../api/service.ts'
import { ask, type Server } from './ask.ts'
import { type Call, calls, isRepeatable } from './calls.ts'
import { isPassing, pause, waitMsAfter } from './patience.ts'

/**
 * The service over HTTP, one function per operation of its description. It runs in a browser too.
 *
 * Rejects with the StarlingError that the server sent; `unavailable` where there was no answer,
 * `deadline_exceeded` where it took too long, `canceled` where the signal was aborted. What may be
 * asked again is asked again before that, where the trouble looks like passing.
 */
export type Client = {
  readonly [Name in OperationName]: (
    input: InputOf<Service[Name]>,
    options?: AskOptions,
  ) => Promise<AnswerOf<Service[Name]>>
}

export interface AskOptions {
  readonly signal?: AbortSignal
  /** For each attempt; that of the client unless told. */
  readonly timeLimitMs?: number
  /** True where the request must outlive the page; its body may have 64 KB then. */
  readonly keepalive?: boolean
}

export interface ClientOptions extends Server {
  /** For each attempt; 10 s unless told. Training, export and erasing have none of their own. */
  readonly timeLimitMs?: number
  /** How often a call that may be repeated is, where the server is away; 2 unless told. */
  readonly retries?: number
  /** The bound of the first wait, which doubles with every other; 200 ms unless told. */
  readonly retryMs?: number
}

export function createClient(options: ClientOptions): Client {
  const functions = Object.entries(calls).map(([name, call]) => [
    name,
    (input: Readonly<Record<string, unknown>>, asked: AskOptions = {}) =>
      persist(options, call, input, asked),
  ])
  return Object.fromEntries(functions) as Client // One function per operation, by construction.
}

async function persist(
  options: ClientOptions,
  call: Call,
  input: Readonly<Record<string, unknown>>,
  { signal, keepalive, timeLimitMs }: AskOptions,
): Promise<unknown> {
  const { retries = 2, retryMs = 200 } = options
  const usualMs = call[2] === 'long' ? Number.POSITIVE_INFINITY : (options.timeLimitMs ?? 10_000)
  const attempt = { signal, keepalive, timeLimitMs: timeLimitMs ?? usualMs }
  const bounds = { firstMs: retryMs, mostMs: 10_000, random: Math.random }
  for (let failures = 1; ; failures++) {
    try {
      return await ask(options, call, input, attempt)
    } catch (error) {
      if (failures > retries || !isPassing(error, isRepeatable(call))) throw error
      await pause(waitMsAfter(failures, error, bounds), signal)
    }
  }
}
