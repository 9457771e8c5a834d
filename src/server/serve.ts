import { readFileSync } from 'node:fs'
import { type Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'
import type { FastifyInstance } from 'fastify'
import type { Engine } from '../engine/engine.ts'
import { StarlingError } from '../error.ts'
import { guard } from './access/guard.ts'
import { isLoopback } from './access/loopback.ts'
import { dispatch } from './dispatch.ts'
import type { Report } from './failure.ts'
import { grpcServer } from './grpc/grpc-server.ts'
import { handlers } from './handlers.ts'
import { httpApp } from './http/http-app.ts'
import type { Keys } from './keys.ts'
import { createMetrics, metered } from './metrics.ts'
import { type OnePort, onePort } from './one-port.ts'

export interface ServeOptions {
  readonly engine: Engine
  /** 127.0.0.1 unless told. Anything that other machines can reach needs keys. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  readonly keys?: Keys
  /** False until the engine should be asked; true unless told. */
  readonly ready?: () => boolean
  /** A folder with the page shown at `/`, where it exists. */
  readonly web?: string
  /** The demo that the page is to show, where the catalogue is one of them. */
  readonly demo?: string
  /** Origins whose pages may ask; none unless told. */
  readonly corsOrigins?: readonly string[]
  /** What the operator must know; written to stderr unless told. */
  readonly report?: Report
  /** How long `close` waits for answers under way. */
  readonly drainMs?: number
}

export interface Serving {
  /** Where it is reached: `http://127.0.0.1:7700`. gRPC has the same address. */
  readonly addresses: readonly string[]
  /** Stops accepting, lets the answers under way finish within `drainMs`, and ends. */
  close(): Promise<void>
}

/**
 * Serves an engine over HTTP/1.1 and gRPC on one port.
 * Rejects with `failed_precondition` where the port is taken, or where the host can be reached from
 * other machines and there are no keys.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { engine, port, keys, report = toStderr, drainMs = 10_000 } = options
  const host = options.host === 'localhost' ? '127.0.0.1' : (options.host ?? '127.0.0.1')
  const loopbackOnly = isLoopback(host)
  if (!loopbackOnly && (keys === undefined || keys.list().length === 0)) {
    throw new StarlingError(
      'failed_precondition',
      `listening on ${host} would open everything to other machines, because no keys exist; ` +
        'make one first with: starling keys create --scope admin',
    )
  }
  const closing = new AbortController()
  const ready = () => !closing.signal.aborted && (options.ready?.() ?? true)
  const metrics = createMetrics(engine)
  const asks = dispatch(metered(handlers(engine), metrics))
  const parts = {
    models: engine,
    asks,
    guard: guard(keys, loopbackOnly),
    metrics,
    ready,
    report,
    version,
  }
  const { web, demo, corsOrigins } = options
  const http = await httpApp({
    ...{ ...parts, ...(web && { web }), ...(demo && { demo }) },
    ...(corsOrigins && { corsOrigins }),
  })
  const grpc = grpcServer({ ...parts, engine, closing: closing.signal })
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  const shared = onePort(http.server, (socket) => injector.injectConnection(socket))
  await listen(http, host, port)
  const closed = once(() => {
    closing.abort()
    return close(http, grpc, shared, drainMs)
  })
  return { addresses: addressesOf(http), close: closed }
}

// The version of the package: the description of the service moves with it.
const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

const toStderr: Report = (error) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error) : error}\n`)
}

async function listen(http: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await http.listen({ host, port })
  } catch (cause) {
    await http.close()
    const reason = listenFaults[(cause as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw cause
    const message = `cannot listen on ${host}, port ${port}: ${reason}`
    throw new StarlingError('failed_precondition', message, { cause })
  }
}

const listenFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; stop the other program, or choose another port (PORT=7701)',
  EACCES: 'this user may not use the port; choose one above 1023 (PORT=7700)',
  EADDRNOTAVAIL: 'this machine does not have that address; use 127.0.0.1, or 0.0.0.0 for all',
  ENOTFOUND: 'there is no such host; use 127.0.0.1, or 0.0.0.0 for all',
}

function addressesOf(http: FastifyInstance): readonly string[] {
  return http.addresses().map((bound) => {
    if (typeof bound === 'string') return bound
    const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
    return `http://${host}:${bound.port}`
  })
}

async function close(
  http: FastifyInstance,
  grpc: GrpcServer,
  shared: OnePort,
  drainMs: number,
): Promise<void> {
  // A connection that is kept alive becomes idle after its answer, and would be waited for.
  const drop = setInterval(() => {
    shared.dropUndecided()
    http.server.closeIdleConnections()
  }, 20)
  const force = setTimeout(() => {
    http.server.closeAllConnections()
    grpc.forceShutdown()
  }, drainMs)
  const drained = new Promise<void>((resolve) => grpc.tryShutdown(() => resolve()))
  await Promise.all([http.close(), drained])
  clearInterval(drop)
  clearTimeout(force)
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= run())
}
