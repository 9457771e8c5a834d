import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isoTimes } from '../../api/iso-times.ts'
import type { Operation, Scope } from '../../api/operation.ts'
import { fromHttp } from '../../api/query.ts'
import { operations } from '../../api/service.ts'
import { shapeOf } from '../../api/shape.ts'
import { broken } from '../../error.ts'
import type { Guard } from '../access/guard.ts'
import type { Ask } from '../dispatch.ts'
import type { Caller } from '../handler.ts'
import type { Metrics } from '../metrics.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the guard named them. */
    caller: string
  }
}

/** A route per operation: guard, read, ask, spell the times, serialise by the described answer. */
export function operationRoutes(
  app: FastifyInstance,
  asks: ReadonlyMap<string, Ask>,
  guard: Guard,
  metrics: Metrics,
): void {
  app.decorateRequest('caller', '')
  for (const [name, described] of operations) {
    const ask = asks.get(name)
    if (ask === undefined) throw broken(`operation ${name} has no handler`)
    const label = `${described.method} ${described.path}`
    const answerOf = answering(described, ask)
    app.route({
      method: described.method,
      url: routeOf(described.path),
      // A HEAD request runs the handler, and must not use up a page that nobody sees.
      exposeHeadRoute: described.method === 'GET' && !described.advances,
      schema: { response: { 200: serializable(described.answer) } },
      onRequest: (request, _reply, done) => {
        request.caller = admitted(request, guard, described.scope)
        done()
      },
      onResponse: (_request, reply, done) => {
        metrics.requested(label, String(reply.statusCode), reply.elapsedTime)
        done()
      },
      handler: (request, reply) => {
        // A page is made for one moment; a cache between us would show it twice.
        reply.header('cache-control', 'no-store')
        return answerOf(request, reply)
      },
    })
  }
}

function admitted({ headers }: FastifyRequest, guard: Guard, scope: Scope): string {
  const apiKey = headers['x-api-key']
  return guard(
    { authorization: headers.authorization, apiKey: apiKey === undefined ? apiKey : `${apiKey}` },
    scope,
  )
}

function answering(
  described: Operation,
  ask: Ask,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const read = fromHttp(described)
  const spell = isoTimes(described.answer)
  return async (request, reply) => {
    // Fastify leaves them unknown; the reader takes what it finds.
    const params = request.params as Readonly<Record<string, unknown>>
    const query = request.query as Readonly<Record<string, unknown>>
    return spell(
      await ask(read(params, query, request.body), new HttpCaller(request.caller, reply)),
    )
  }
}

/** A class, since an object with a getter of its own takes ten times as long to make. */
class HttpCaller implements Caller {
  readonly name: string
  readonly #reply: FastifyReply
  #gone: AbortSignal | undefined

  constructor(name: string, reply: FastifyReply) {
    this.name = name
    this.#reply = reply
  }

  get signal(): AbortSignal {
    return (this.#gone ??= whenGone(this.#reply))
  }
}

/**
 * Aborts where whoever asked is gone. The signal that Fastify gives a request aborts with its end:
 * where it had a body, that is before there can be an answer.
 */
function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  if (raw.closed) gone.abort()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

/** A path as the router spells it: a literal colon is doubled, and needs a pattern before it. */
function routeOf(path: string): string {
  return path
    .replaceAll(':', '::')
    .replace(/\{(\w+)\}::/g, ':$1(.+)::')
    .replace(/\{(\w+)\}/g, ':$1')
}

/** The answer's schema for the serialiser: what may hold anything is written as it is. */
function serializable(schema: TSchema): TSchema {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'json':
    case 'attribute':
      return {} as TSchema // The empty schema allows everything; TypeBox's marks are not read here.
    case 'list':
      return { ...schema, items: serializable(shape.of) }
    case 'map':
      return { ...schema, additionalProperties: serializable(shape.of) }
    case 'message': {
      const properties = shape.fields.map(({ name, schema }) => [name, serializable(schema)])
      return { ...schema, properties: Object.fromEntries(properties) }
    }
    default:
      return schema
  }
}
