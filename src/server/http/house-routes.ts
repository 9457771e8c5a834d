import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { StarlingError } from '../../error.ts'
import type { Metrics } from '../metrics.ts'

/** What an operator asks a process: is it alive, is it ready, how is it. No key is needed. */
export function houseRoutes(app: FastifyInstance, ready: () => boolean, metrics: Metrics): void {
  const get = (url: string, handler: RouteHandlerMethod) =>
    app.route({ method: 'GET', url, exposeHeadRoute: true, handler })

  get('/healthz', async () => ({ status: 'alive' }))
  get('/readyz', async () => {
    if (!ready()) throw new StarlingError('unavailable', 'the engine is still getting ready')
    return { status: 'ready' }
  })
  get('/metrics', async (_request, reply) => {
    reply.type(metrics.contentType)
    return metrics.text()
  })
}
