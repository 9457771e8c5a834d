import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import type { ModelServing } from '../../engine/views/model-serving.ts'
import { StarlingError } from '../../error.ts'
import type { Metrics } from '../metrics.ts'

/** What an operator asks a process: is it alive, is it ready, how is it. No key is needed. */
export function houseRoutes(
  app: FastifyInstance,
  ready: () => boolean,
  metrics: Metrics,
  models: Pick<ModelServing, 'servedModels'>,
): void {
  const get = (url: string, handler: RouteHandlerMethod) =>
    app.route({ method: 'GET', url, exposeHeadRoute: true, handler })

  get('/healthz', async () => ({ status: 'alive' }))
  get('/readyz', async () => {
    if (!ready()) throw new StarlingError('unavailable', 'the engine is still getting ready')
    return { status: 'ready' }
  })
  // Names and numbers alone: what is wrong with a version, those with a key are told.
  get('/healthz/models', async (_request, reply) => {
    const served = models.servedModels().map(({ name, serving, versions }) => ({
      ...{ name, serving: serving ?? null },
      versions: versions.map(({ version, state }) => ({ version, state })),
    }))
    const isWhole = served.every(({ serving }) => serving !== null)
    if (!isWhole) reply.code(503)
    return { status: isWhole ? 'serving' : 'degraded', models: served }
  })
  get('/metrics', async (_request, reply) => {
    reply.type(metrics.contentType)
    return metrics.text()
  })
}
