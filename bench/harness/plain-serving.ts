/**
 * The baseline of the feed: the same HTTP server on the same shared port, with an answer at hand.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js'
import fastify from 'fastify'
import { onePort } from '../../src/server/one-port.ts'
import { answering } from './child.ts'
import { cpuUs } from './cpu.ts'
import { memoryOf } from './memory.ts'

const page = JSON.stringify({
  requestId: 'prepared',
  items: Array.from({ length: 10 }, (_, position) => ({
    id: `item-${10_000 + position}`,
    position,
    token: `prepared-request-of-some-length.${position}.abcdefghijkl`,
    score: 0.5,
    sources: ['nearest', 'item-neighbors', 'trending'],
    note: 'x'.repeat(40),
  })),
})

const app = fastify({ requestTimeout: 30_000, exposeHeadRoutes: false })
// Events are parsed as JSON, counted and forgotten: what is left of an intake that does nothing.
app.post('/v1/events', async ({ body }) => ({ accepted: (body as { events: [] }).events.length }))
app.get('/*', (_request, reply) =>
  reply.header('content-type', 'application/json; charset=utf-8').send(page),
)
const injector = new Server().createConnectionInjector(ServerCredentials.createInsecure())
await app.ready()
onePort(app.server, (socket) => injector.injectConnection(socket))
const address = await app.listen({ host: '127.0.0.1', port: 0 })

answering(
  ({ kind }: { kind: 'address' | 'cost' }) => {
    if (kind === 'address') return address
    return { cpuUs: cpuUs(), queuedPages: 0, memory: memoryOf() }
  },
  () => app.close(),
)
