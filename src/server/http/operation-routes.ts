import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isoTimes } from '../../api/iso-times.ts'
import type { Operation, Scope } from '../../api/operation.ts'
import { fromHttp } from '../../api/query.ts'
import { operations } from '../../api/service.ts'
import { shapeOf } from '../../api/shape.ts'
import { broken } from '../../error.ts'
import type { Guard } from '../access/guard.ts'
import type { Ask } from '../dispatch.ts'
import type { Caller } from '../handlers.ts'
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
        return answerOf(request)
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

function answering(described: Operation, ask: Ask): (request: FastifyRequest) => Promise<unknown> {
  const read = fromHttp(described)
  const spell = isoTimes(described.answer)
  return async (request) => {
    // Fastify leaves them unknown; the reader takes what it finds.
    const params = request.params as Readonly<Record<string, unknown>>
    const query = request.query as Readonly<Record<string, unknown>>
    return spell(await ask(read(params, query, request.body), callerOf(request)))
  }
}

const callerOf = (request: FastifyRequest): Caller => ({
  name: request.caller,
  get signal() {
    return request.signal
  },
})

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
