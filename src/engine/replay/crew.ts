import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StarlingError } from '../../error.ts'
import type { ReplayMessage, ReplayTask } from './replay-worker.ts'

export interface CrewOptions {
  /** One task per worker. */
  readonly tasks: readonly ReplayTask[]
  readonly signal: AbortSignal
  readonly onMessage: (worker: number, message: ReplayMessage) => void
  /** Told when a worker has begun, for the first time or anew. */
  readonly onStart?: (worker: number, pid: number) => void
  /** Told when it has opened its partitions. */
  readonly onOpen?: (worker: number) => void
  /** Told when a worker ended before its work was done, and is begun anew. */
  readonly onLoss?: (worker: number, how: string) => void
  /** The worker as one JavaScript file, where it is not this checkout's. */
  readonly script?: string
}

/** A worker that so often in a row came no further is not begun anew. */
const fruitlessMax = 10

/**
 * Has each task done by a process of its own, begun anew where it dies. Resolves when all are done.
 * Rejects with what a worker was refused, with `unavailable` where one keeps dying and comes no
 * further, and with the signal's reason where it is aborted, after all have committed their work.
 */
export async function runCrew(options: CrewOptions): Promise<void> {
  const { tasks, signal } = options
  const failing = new AbortController()
  const ended = AbortSignal.any([signal, failing.signal])
  const results = await Promise.allSettled(
    tasks.map((_, worker) =>
      keepWorking(options, worker, ended).catch((error: unknown) => {
        failing.abort(error)
        throw error
      }),
    ),
  )
  signal.throwIfAborted()
  if (failing.signal.aborted) throw failing.signal.reason
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function keepWorking(
  options: CrewOptions,
  worker: number,
  signal: AbortSignal,
): Promise<void> {
  let fruitless = 0
  let reached = -1
  while (!signal.aborted) {
    const before = reached
    let failure: StarlingError | undefined
    let isOpen = false
    const child = start(options.tasks[worker]!, options.script)
    child.on('message', (message: ReplayMessage) => {
      if (message.kind === 'failed') failure = new StarlingError(message.code, message.message)
      else {
        const sum = message.owned.reduce(
          (all, { durable }) => all + durable.offset + durable.keyed,
          0,
        )
        reached = Math.max(reached, sum)
      }
      options.onMessage(worker, message)
      if (isOpen || message.kind === 'failed') return
      isOpen = true
      options.onOpen?.(worker)
    })
    const stop = (): void => void (child.connected && child.send('stop', () => undefined))
    signal.addEventListener('abort', stop)
    options.onStart?.(worker, child.pid!)
    const [code, name] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    signal.removeEventListener('abort', stop)
    if (code === 0) return
    // A disk may have room again later; what else was refused will be refused again.
    if (failure !== undefined && failure.code !== 'unavailable') throw failure
    fruitless = reached > before ? 0 : fruitless + 1
    const how = failure?.message ?? `it ended ${name === null ? `with code ${code}` : `by ${name}`}`
    if (fruitless > fruitlessMax) throw stuck(worker, fruitless, how)
    options.onLoss?.(worker, how)
    // What was killed begins at once; what fails by itself may need something to pass.
    if (name === null) await sleep(Math.min(5_000, 100 * 2 ** fruitless))
  }
}

/** TypeScript as it stands needs its loader in the new process too; built files need none. */
function start(task: ReplayTask, script: string | undefined): ChildProcess {
  const isSource = script === undefined && import.meta.url.endsWith('.ts')
  const file = isSource ? './replay-worker.ts' : './replay-worker.js'
  const execArgv = isSource ? ['--import', import.meta.resolve('tsx')] : []
  const path = script ?? fileURLToPath(new URL(file, import.meta.url))
  return fork(path, ['replay-worker', JSON.stringify(task)], { execArgv })
}

function stuck(worker: number, times: number, how: string): StarlingError {
  const message = `worker ${worker} ended ${times} times and came no further; the last time: ${how}`
  return new StarlingError('unavailable', message)
}
