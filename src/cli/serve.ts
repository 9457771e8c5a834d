import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { OpenEngine } from '../engine/engine-of.ts'
import { invalid, StarlingError } from '../error.ts'
import { demoKinds } from '../insight/demo/demo-kind.ts'
import { openKeys } from '../server/keys.ts'
import { serve } from '../server/serve.ts'
import type { Call, Command } from './command.ts'
import { readDemoFile } from './demo/demo-file.ts'
import { demoNames, demoOption, moviesDemo } from './demo/demo-option.ts'
import { bringToLife, type Life } from './demo/live-demo.ts'
import { catalogueNote, fillDemo } from './demo/movies.ts'
import { otherCatalogue, stageDemo } from './demo/staged-demo.ts'
import { openEngine } from './open.ts'
import { folderOf, folderOption, folderUsage } from './options/folder.ts'
import { countOption } from './options/number-option.ts'

const portDefault = 7700

const crowdDefault = 30
const crowdMost = 1_000

/** What a crowd does is not worth keeping for ever. */
const crowdLogMb = 512

const webFolder = resolve(import.meta.dirname, '../../web/dist')

/** `starling serve`: the engine behind HTTP and gRPC. */
export const serveCommand: Command = {
  name: 'serve',
  usage: `starling serve [options]

  --port N        port of HTTP and gRPC alike (or PORT; ${portDefault} unless told)
  --host ADDRESS  address to listen on; loopback unless told, and all others need keys
  --log-mb N      keep the log below this size, oldest events forgotten first; no bound unless told
  --no-lake       keep no Parquet files for SQL and metrics
  --demo [NAME]   fill an empty engine for a first look: ${demoNames}
                  (movies unless told: MovieLens, or made-up films)
  --crowd N       people who use it while it runs (${crowdDefault} for news and video, else 0)
${folderUsage}`,
  options: {
    ...folderOption,
    port: { type: 'string' },
    host: { type: 'string' },
    'log-mb': { type: 'string' },
    'no-lake': { type: 'boolean' },
    demo: { type: 'string' },
    crowd: { type: 'string' },
  },
  alone: { demo: moviesDemo },

  async run(call) {
    const { values, terminal, signal } = call
    const port = portIn(values['port'] ?? process.env['PORT'])
    const host = typeof values['host'] === 'string' ? values['host'] : '127.0.0.1'
    // A first start may take a while: whether the port is free is asked before, not after.
    await checkPort(host, port)
    const demo = demoOption(values)
    const kind = demoKinds.get(demo ?? '')
    const crowd = countOption(values, 'crowd', kind ? crowdDefault : 0, [0, crowdMost])
    const folder = folderOf(values, kind && `.starling-${kind.name}`)
    if (kind) await stageDemo(kind, folder, call)
    const staged = await readDemoFile(folder)
    if (staged && demo === moviesDemo) throw otherCatalogue(folder, `the ${staged.demo} demo`)
    let about: string | undefined
    await using engine = await openEngine(call, {
      ...{ folder, signal, about: () => about, training: { online: true } },
      ...logBound(values['log-mb'] ?? (crowd > 0 ? String(crowdLogMb) : undefined)),
      ...(values['no-lake'] === true && { lake: false as const }),
    })
    about = demo === moviesDemo ? await fillDemo(engine, call) : await catalogueNote(folder)
    await learnFirst(engine, call)
    await call.page
    signal.throwIfAborted()
    const web = existsSync(join(webFolder, 'index.html')) ? { web: webFolder } : {}
    const serving = await serve({
      ...{ engine, host, port, keys: openKeys(engine.home.keys), ...web },
      ...(staged && { demo: staged.demo }),
    })
    const life = await liveOn(engine, call, { crowd, isLive: kind !== undefined || crowd > 0 })
    for (const address of serving.addresses) {
      terminal.print(
        `Starling serves at ${address}/  (docs ${address}/docs, gRPC at the same port)`,
      )
    }
    if (about !== undefined) terminal.print(`catalogue: ${about}`)
    if (crowd > 0) terminal.print(`${crowd} made-up people use it; --crowd 0 is without them`)
    await aborted(signal)
    await life?.stop()
    await serving.close()
    return 0
  },
}

/** A demo of a world goes on while it is served, and any catalogue may have a crowd. */
async function liveOn(
  engine: OpenEngine,
  { terminal }: Call,
  { crowd, isLive }: { readonly crowd: number; readonly isLive: boolean },
): Promise<Life | undefined> {
  if (!isLive) return undefined
  const staged = await readDemoFile(engine.home.folder)
  const kind = demoKinds.get(staged?.demo ?? '')
  return bringToLife({
    ...{ engine, crowd },
    ...(staged && kind && { stage: { kind, firstDay: staged.firstDay } }),
    onTrouble: (what, error) =>
      terminal.tell(`trouble: ${what}: ${error instanceof Error ? error.message : String(error)}`),
  })
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
