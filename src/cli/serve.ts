import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { OpenEngine } from '../engine/engine-of.ts'
import { invalid, StarlingError } from '../error.ts'
import { openKeys } from '../server/keys.ts'
import { serve } from '../server/serve.ts'
import type { Call, Command } from './command.ts'
import { catalogueNote, fillDemo } from './demo.ts'
import { folderOf, folderOption, folderUsage } from './folder.ts'
import { openEngine } from './open.ts'

const portDefault = 7700

const webFolder = resolve(import.meta.dirname, '../../web/dist')

/** `starling serve`: the engine behind HTTP and gRPC. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve feeds over HTTP and gRPC, on one port',
  usage: `starling serve [options]

  --port N        port of HTTP and gRPC alike (or PORT; ${portDefault} unless told)
  --host ADDRESS  address to listen on; loopback unless told, and all others need keys
  --log-mb N      keep the log below this size, oldest events forgotten first; no bound unless told
  --demo          fill an empty engine with MovieLens, or with made-up films, and learn from it
${folderUsage}`,
  options: {
    ...folderOption,
    port: { type: 'string' },
    host: { type: 'string' },
    'log-mb': { type: 'string' },
    demo: { type: 'boolean' },
  },

  async run(call) {
    const { values, terminal, signal } = call
    const port = portIn(values['port'] ?? process.env['PORT'])
    const host = typeof values['host'] === 'string' ? values['host'] : '127.0.0.1'
    // A first start may take a while: whether the port is free is asked before, not after.
    await checkPort(host, port)
    const folder = folderOf(values)
    let about: string | undefined
    await using engine = await openEngine(call, {
      about: () => about,
      ...logBound(values['log-mb']),
    })
    about = values['demo'] === true ? await fillDemo(engine, call) : await catalogueNote(folder)
    await learnFirst(engine, call)
    signal.throwIfAborted()
    const web = existsSync(join(webFolder, 'index.html')) ? { web: webFolder } : {}
    const serving = await serve({ engine, host, port, keys: openKeys(engine.home.keys), ...web })
    for (const address of serving.addresses) {
      terminal.print(
        `Starling serves at ${address}/  (docs ${address}/docs, gRPC at the same port)`,
      )
    }
    if (about !== undefined) terminal.print(`catalogue: ${about}`)
    await aborted(signal)
    await serving.close()
    return 0
  },
}

/** An engine with a past and no models learns before it serves: the first page is a good one. */
async function learnFirst(engine: OpenEngine, { terminal, signal }: Call): Promise<void> {
  const models = await engine.models()
  if (models.some(({ status }) => status === 'serving') || engine.status().events === 0) return
  terminal.tell('learning the first models')
  const { reason, durationMs } = await engine.train('ranker', signal)
  terminal.tell(`learned in ${(durationMs / 1_000).toFixed(1)} s: ${reason}`)
}

function portIn(text: string | boolean | undefined): number {
  if (text === undefined || text === '') return portDefault
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw invalid('port', `${text} must be a whole number >= 0 and <= 65535`)
}

function logBound(text: string | boolean | undefined): { logBytesMax?: number } {
  if (text === undefined) return {}
  const megabytes = Number(text)
  if (megabytes >= 64) return { logBytesMax: megabytes * 2 ** 20 }
  throw invalid('log-mb', `${text} must be a number >= 64: the log is cut by segments of 64 MiB`)
}

function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const reason = taken
        ? `port ${port} is taken by another program: stop it, or give another by PORT or --port`
        : `cannot listen on ${host}:${port} (${error.code ?? error.message})`
      reject(new StarlingError('failed_precondition', reason, { field: 'port', cause: error }))
    })
    probe.listen(port, host, () => probe.close(() => resolvePort()))
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolveAborted) => {
    // A listener alone keeps no process alive, and needs none to: the server does.
    if (signal.aborted) resolveAborted()
    signal.addEventListener('abort', () => resolveAborted(), { once: true })
  })
}
