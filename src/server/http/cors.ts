import type { FastifyInstance } from 'fastify'

/**
 * Lets pages of the named origins ("https://shop.example", or "*" for all) ask us. Without it a
 * browser keeps every foreign page away, which is the default.
 */
export function cors(app: FastifyInstance, origins: readonly string[]): void {
  const all = origins.includes('*')
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers
    if (!all) reply.header('vary', 'origin')
    if (origin !== undefined && (all || origins.includes(origin))) {
      reply.header('access-control-allow-origin', all ? '*' : origin)
      if (request.method === 'OPTIONS') {
        reply
          .header('access-control-allow-methods', 'GET, PUT, POST, DELETE')
          .header('access-control-allow-headers', 'authorization, content-type, x-api-key')
          .header('access-control-max-age', '600')
      }
    }
    done()
  })
}
