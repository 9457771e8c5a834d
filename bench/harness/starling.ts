import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

/** Starling as a user runs it, in a process of its own. */
export interface Starling extends AsyncDisposable {
  readonly pid: number
  readonly address: string
  /** Every line that it has said, with the time since its start. */
  readonly lines: readonly { readonly text: string; readonly atMs: number }[]
  /** Resolves when it says something that matches; rejects where it ends before. */
  says(pattern: RegExp): Promise<void>
}

export interface StartOptions {
  /** The script of the checkout that is run, and its arguments. */
  readonly script: readonly string[]
  /** The state folder. */
  readonly folder: string
  /** The checkout, this one unless told. */
  readonly root?: string
}

/** Starts it on a free port. */
export async function startStarling(options: StartOptions): Promise<Starling> {
  const { script, folder, root = resolve(import.meta.dirname, '../..') } = options
  const port = await freePort()
  const startedMs = performance.now()
  const child = spawn(process.execPath, [...script], {
    cwd: root,
    env: { ...process.env, STARLING_HOME: folder, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: { text: string; atMs: number }[] = []
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer): void => {
    const atMs = performance.now() - startedMs
    for (const text of chunk.toString().split('\n')) if (text !== '') lines.push({ text, atMs })
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  return {
    pid: child.pid!,
    address: `http://127.0.0.1:${port}`,
    lines,
    says: (pattern) =>
      new Promise((found, reject) => {
        const look = (): void => {
          if (!lines.some(({ text }) => pattern.test(text))) return
          listeners.delete(look)
          found()
        }
        listeners.add(look)
        look()
        void ended.then(() => {
          const said = lines.map(({ text }) => text).join('\n')
          reject(new Error(`starling ended before it said ${pattern}:\n${said}`))
        })
      }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
