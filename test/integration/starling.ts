import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The command line in a process of its own, as a user runs it. */
export interface Running {
  readonly child: ChildProcess
  /** All that it has said so far. */
  said(): string
  /** Resolves when it says something that matches; rejects where it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

export function starling(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [join(root, 'bin/starling.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, STARLING_HOME: '', PORT: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer): void => {
    text += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<number | string>((done) => {
    child.on('close', (code, signal) => done(signal ?? code ?? -1))
  })
  return {
    child,
    ended,
    said: () => text,
    says: (pattern) =>
      new Promise((found, reject) => {
        const look = (): void => {
          const match = pattern.exec(text)
          if (match === null) return
          listeners.delete(look)
          found(match)
        }
        listeners.add(look)
        look()
        void ended.then((code) =>
          reject(new Error(`ended with ${code} before ${pattern}:\n${text}`)),
        )
      }),
  }
}

export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
