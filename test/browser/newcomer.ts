import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../integration/starling.ts'

const root = resolve(import.meta.dirname, '../..')

/** A server as a newcomer starts it: `npm start`, and nothing else unless told. */
export interface Newcomer extends AsyncDisposable {
  /** `http://127.0.0.1:7700`. */
  readonly base: string
  /** From the command to a server that is ready. */
  readonly readyMs: number
  ask(path: string): Promise<unknown>
}

const patienceMs = 240_000

/** Rejects with what the server said where it is not ready in time. */
export async function newcomer(home: string, options: readonly string[] = []): Promise<Newcomer> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const began = performance.now()
  // A process group of its own, so that npm and what it started end together.
  const child = spawn('npm', ['start', '--', ...options], {
    cwd: root,
    env: { ...process.env, PORT: String(port), STARLING_HOME: home },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
  while (!(await isReady(base))) {
    if (child.exitCode !== null || performance.now() - began > patienceMs) {
      await stop()
      throw new Error(`npm start did not get ready:\n${said.slice(-2_000)}`)
    }
    await sleep(100)
  }
  return {
    base,
    readyMs: performance.now() - began,
    async ask(path) {
      const response = await fetch(base + path)
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    [Symbol.asyncDispose]: stop,
  }
}

async function isReady(base: string): Promise<boolean> {
  return fetch(`${base}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
