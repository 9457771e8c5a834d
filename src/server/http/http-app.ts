import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ModelServing } from '../../engine/views/model-serving.ts'
import { invalid, StarlingError } from '../../error.ts'
import type { Guard } from '../access/guard.ts'
import type { Ask } from '../dispatch.ts'
import type { Report } from '../failure.ts'
import type { Metrics } from '../metrics.ts'
import { modelRoutes } from '../tf-serving/model-routes.ts'
import { allowedMethods } from './allowed-methods.ts'
import { cors } from './cors.ts'
import { demoPage } from './demo-page.ts'
import { docs } from './docs.ts'
import { answerClientError, bodyLimitBytes, sendError, tooLong } from './errors.ts'
import { houseRoutes } from './house-routes.ts'
import { consolePage, isNavigation, pageOf } from './navigation.ts'
import { operationRoutes } from './operation-routes.ts'

export interface HttpParts {
  readonly asks: ReadonlyMap<string, Ask>
  readonly guard: Guard
  readonly metrics: Metrics
  readonly ready: () => boolean
  /** Models that are served as TensorFlow Serving does. */
  readonly models: ModelServing
  readonly report: Report
  readonly version: string
  /** A folder with an index.html, shown at `/` and at the paths of its own where it exists. */
  readonly web?: string
  /** The demo that the page is to show, where the catalogue is one of them. */
  readonly demo?: string
  /** Origins whose pages may ask; none unless told. */
  readonly corsOrigins?: readonly string[]
}

/** The service over HTTP/1.1: JSON in, JSON out, and one shape for every error. */
export async function httpApp(parts: HttpParts): Promise<FastifyInstance> {
  const { metrics, report } = parts
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // Ids have their own limit, with a better message; this one only bounds the router's work.
    routerOptions: { maxParamLength: 4096 },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => void sendError(reply, error, report),
  })
  acceptJsonOnly(app)
  app.setErrorHandler((error, _request, reply) => sendError(reply, error, report))
  const web = parts.web !== undefined && existsSync(parts.web) ? resolve(parts.web) : undefined
  const hasConsole = web !== undefined && existsSync(join(web, consolePage))
  app.setNotFoundHandler((request, reply) =>
    web !== undefined && isNavigation(request)
      ? reply.sendFile(pageOf(request.url, hasConsole))
      : nowhere(request, reply, metrics, report),
  )
  if (web !== undefined && parts.demo !== undefined) demoPage(app, web, parts.demo)
  if (parts.corsOrigins?.length) cors(app, parts.corsOrigins)
  operationRoutes(app, parts.asks, parts.guard, metrics)
  await modelRoutes(app, parts)
  houseRoutes(app, parts.ready, metrics, parts.models)
  await docs(app, parts.version)
  if (web !== undefined) await app.register(fastifyStatic, { root: web })
  await app.ready()
  return app
}

/** Other content types are refused: a foreign page can send a form anywhere, but not JSON. */
function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text === '') return done(null, undefined)
    parse(request, text, (error, parsed) =>
      error ? done(invalid('body', jsonFault(text))) : done(null, parsed),
    )
  })
}

/** Why a text was refused as JSON. Parsed again for this: only the fault says where it is. */
function jsonFault(text: string): string {
  try {
    JSON.parse(text)
    return 'must not hold the names __proto__ or constructor.prototype'
  } catch (error) {
    return `must be JSON: ${String(error)}`
  }
}

function nowhere(
  { method, url }: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
  report: Report,
): FastifyReply {
  const methods = allowedMethods(url)
  if (methods.length === 0) {
    metrics.requested('other', '404', reply.elapsedTime)
    const path = url.split('?', 1)[0] ?? ''
    const where = path.length > 80 ? `${path.slice(0, 80)}…` : path
    const message = `there is nothing at ${method} ${where}; see /docs`
    return sendError(reply, new StarlingError('not_found', message), report)
  }
  reply.header('allow', [...methods, 'OPTIONS'].join(', '))
  if (method === 'OPTIONS') return reply.code(204).send()
  // The router takes no part of an address this long, and finds nothing.
  if (methods.includes(method)) return sendError(reply, tooLong(), report, 414)
  metrics.requested('other', '405', reply.elapsedTime)
  const refusal = invalid('method', `${method} must be one of ${methods.join(', ')} here`)
  return sendError(reply, refusal, report, 405)
}
