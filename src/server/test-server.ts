import type { ErrorBody } from '../api/error-codes.ts'
import type { AnswerOf } from '../api/operation.ts'
import type { Service } from '../api/service.ts'
import type { Engine } from '../engine/engine.ts'
import { manualClock } from '../events/clock.ts'
import { engineDouble } from './doubles/engine-double.ts'
import { type ServeOptions, type Serving, serve } from './serve.ts'

/** A server for tests on a free port, with a small catalogue; real sockets, no engine behind it. */
export interface TestServer extends Serving, AsyncDisposable {
  readonly engine: Engine
  readonly clock: ReturnType<typeof manualClock>
  readonly base: string
  /** `host:port`, as a gRPC client wants it. */
  readonly target: string
  readonly reports: unknown[]
  ask(method: string, path: string, body?: unknown, headers?: Headings): Promise<Answer>
}

type Headings = Readonly<Record<string, string>>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The answer as JSON; a test reads the part that it expects. */
  readonly json: AnyAnswer
}

/** All that an answer may hold. */
type AnyAnswer = ErrorBody &
  AnswerOf<Service['feed']> &
  AnswerOf<Service['shelves']> &
  AnswerOf<Service['track']> &
  AnswerOf<Service['getItem']> &
  AnswerOf<Service['setParameter']> & { readonly openapi: string }

export const startedAt = Date.UTC(2024, 4, 1)

export async function testServer(
  options: Partial<ServeOptions> & { wrap?: (engine: Engine) => Engine; itemCount?: number } = {},
): Promise<TestServer> {
  const { wrap = (engine) => engine, itemCount = 40, ...rest } = options
  const clock = manualClock(startedAt)
  const engine = engineDouble(clock)
  await engine.putItems(Array.from({ length: itemCount }, (_, index) => item(index)))
  const reports: unknown[] = []
  const serving = await serve({
    ...{ engine: wrap(engine), port: 0, drainMs: 500 },
    report: (error) => reports.push(error),
    ...rest,
  })
  const base = serving.addresses[0]!
  return {
    ...serving,
    ...{ engine, clock, base, reports, target: base.replace('http://', '') },
    ask: (method, path, body, headers = {}) => ask(method, base + path, body, headers),
    [Symbol.asyncDispose]: () => serving.close(),
  }
}

/** Ids above 2^53, which a number cannot tell apart. */
export const itemIdOf = (index: number): string =>
  String(1_115_629_498_121_846_784n + BigInt(index))

const item = (index: number) => ({
  id: itemIdOf(index),
  attributes: { title: `Film ${index}, the`, year: 1990 + index, genres: ['Comedy', `g${index}`] },
  channels: index % 2 === 0 ? ['18'] : [],
  availableFrom: '2020-01-01T00:00:00.000Z',
})

async function ask(method: string, url: string, body: unknown, headers: Headings): Promise<Answer> {
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url, {
    method,
    headers: typed,
    ...(body !== undefined && { body: sent }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parsed(text) }
}

// What is no JSON fails the first assertion that looks inside.
function parsed(text: string): AnyAnswer {
  try {
    return JSON.parse(text)
  } catch {
    return {} as AnyAnswer
  }
}
