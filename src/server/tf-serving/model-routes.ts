import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorCodes } from '../../api/error-codes.ts'
import type { ModelServing } from '../../engine/views/model-serving.ts'
import { StarlingError } from '../../error.ts'
import type { Guard } from '../access/guard.ts'
import { asStarlingError, mustReport, type Report } from '../failure.ts'
import { bodyLimitBytes } from '../http/errors.ts'
import type { Metrics } from '../metrics.ts'
import { bareMessage, metadataAnswer, statusAnswer, unknownVersion } from './describe.ts'
import type { Format } from './read-request.ts'
import { wireThread } from './wire/wire-thread.ts'
import type { Method, WireWork } from './wire/wire-work.ts'

export interface ModelRoutesOptions {
  readonly models: ModelServing
  readonly guard: Guard
  readonly metrics: Metrics
  readonly report: Report
}

const methods: readonly Method[] = ['predict', 'classify', 'regress']

/**
 * Models in the REST format of TensorFlow Serving, so that its clients work unchanged: paths,
 * bodies, answers, and errors with their status. They stand outside of the described service, whose
 * errors and content types are others.
 */
export async function modelRoutes(
  app: FastifyInstance,
  { models, guard, metrics, report }: ModelRoutesOptions,
): Promise<void> {
  // In a room of its own: what is parsed and how it fails are as these clients know it.
  await app.register(async (room) => {
    room.removeAllContentTypeParsers()
    // curl sends a form unless told, and nobody there minded. A page of somewhere else can send
    // that as well: it may have rows scored, where no key is needed, and cannot read what came.
    room.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    room.setErrorHandler((error, _request, reply) => sendModelError(reply, error, report))
    room.addHook('onRequest', async (request) => {
      request.caller = admitted(request, guard)
    })
    room.addHook('onResponse', async (request, reply) => {
      const label = `${request.method} ${describedPath(String(request.routeOptions.url))}`
      metrics.requested(label, String(reply.statusCode), reply.elapsedTime)
    })
    const wire = wireThread()
    room.addHook('onClose', () => wire[Symbol.asyncDispose]())
    for (const method of methods) {
      const handler = answering(models, wire, method)
      room.post(`/v1/models/:name([^/:]+)::${method}`, handler)
      room.post(`/v1/models/:name/versions/:version(\\d+)::${method}`, handler)
      room.post(`/v1/models/:name/labels/:label([^/:]+)::${method}`, noLabels)
    }
    describing(room, models)
  })
}

/** A route as the description of a service would spell it: `/v1/models/{name}:predict`. */
const describedPath = (url: string): string =>
  url
    .replaceAll('::', ':')
    .replace(/:([a-z]+)(\([^)]*\))?(?=[/:]|$)/g, (whole, name: string) =>
      isMethod(name) ? whole : `{${name}}`,
    )

const isMethod = (name: string): boolean => methods.some((method) => method === name)

function admitted({ headers }: FastifyRequest, guard: Guard): string {
  const apiKey = headers['x-api-key']
  const shown = { authorization: headers.authorization, apiKey: apiKey && `${apiKey}` }
  return guard({ ...shown, apiKey: shown.apiKey || undefined }, 'serve')
}

interface Place {
  readonly name: string
  readonly version?: string
}

function placeOf(request: FastifyRequest): { readonly model: string; readonly version?: number } {
  const { name, version } = request.params as Place
  if (version === undefined) return { model: name }
  if (Number(version) <= Number.MAX_SAFE_INTEGER) return { model: name, version: Number(version) }
  const message = `Failed to convert version: ${version.slice(0, 40)} to numeric.`
  throw new StarlingError('invalid_argument', message)
}

function answering(models: ModelServing, wire: WireWork, method: Method) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const place = placeOf(request)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    let format: Format = 'row'
    const { requestId, scores, rowCount, signature } = await models.predict({
      ...place,
      caller: request.caller,
      signal: gone.signal,
      async read(of) {
        const read = await wire.read(bodyOf(request), method, of)
        format = read.format
        return read.asked
      },
    })
    const scored = { scores, rowCount, outputs: signature.outputs }
    reply.header('x-request-id', requestId)
    return json(reply, await wire.write(method, format, scored))
  }
}

const bodyOf = ({ body }: FastifyRequest): Uint8Array =>
  body instanceof Uint8Array ? body : new Uint8Array(0)

/** Labels are names that an operator gives to versions there; here the largest sound one serves. */
function noLabels(request: FastifyRequest): never {
  const { label } = request.params as { readonly label: string }
  throw new StarlingError('invalid_argument', `Unrecognized servable version label: ${label}`)
}

function describing(room: FastifyInstance, models: ModelServing): void {
  const status = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { model: name, version } = placeOf(request)
    const found = models.servedModels().find((model) => model.name === name)
    if (found === undefined) throw unknownVersion(name, version)
    return json(reply, statusAnswer(found, version))
  }
  const metadata = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { model, version } = placeOf(request)
    return json(reply, metadataAnswer(await models.servedSignature(model, version)))
  }
  room.get('/v1/models/:name([^/:]+)', status)
  room.get('/v1/models/:name/versions/:version(\\d+)', status)
  room.get('/v1/models/:name/metadata', metadata)
  room.get('/v1/models/:name/versions/:version(\\d+)/metadata', metadata)
}

function json(reply: FastifyReply, text: string | Uint8Array): FastifyReply {
  return reply.header('cache-control', 'no-store').type('application/json').send(text)
}

/** `{ "error": "…" }`, as its clients read it. */
function sendModelError(reply: FastifyReply, thrown: unknown, report: Report): FastifyReply {
  const { status, message, error } = failureOf(thrown)
  if (error !== undefined && mustReport(error)) report(thrown)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (status === 429 || status === 503) reply.header('retry-after', '1')
  return json(reply.code(status).serializer(String), JSON.stringify({ error: message }))
}

interface Failure {
  readonly status: number
  readonly message: string
  readonly error?: StarlingError
}

function failureOf(thrown: unknown): Failure {
  const { statusCode = 500, message = '' } = (thrown ?? {}) as Error & { statusCode?: number }
  if (!(thrown instanceof StarlingError) && statusCode === 413) {
    const limit = `The request has more than ${bodyLimitBytes} bytes; send its rows in parts`
    return { status: 413, message: limit }
  }
  if (!(thrown instanceof StarlingError) && statusCode !== 500)
    return { status: statusCode, message }
  const error = asStarlingError(thrown)
  // There, what is not as it must be is the caller's to put right, whoever caused it.
  const status = error.code === 'failed_precondition' ? 400 : errorCodes[error.code].http
  return { status, message: bareMessage(error), error }
}
