import type { Worker } from 'node:worker_threads'
import { StarlingError } from '../../../error.ts'
import { startThread } from '../../../kernel/threads/start-thread.ts'
import type { Failed, Order, Reply } from './scoring-worker.ts'
import type { Feeds, Output } from './tensors.ts'

/**
 * A thread for runs that would keep all else waiting, shared by all models: begun with the first
 * order, and begun anew where it dies. Runs wait for one another; nothing else waits for them.
 */
export interface ScoringThread extends AsyncDisposable {
  /** Loads a model there. Resolves with the number of its session. */
  open(model: Uint8Array): Promise<number>
  /** What waits when the signal is aborted is left out; a run that began goes on to its end. */
  run(session: number, feeds: Feeds, signal?: AbortSignal): Promise<Ran>
  close(session: number): Promise<void>
}

export interface Ran {
  readonly outputs: readonly Output[]
  readonly elapsedMs: number
}

interface Waiting {
  resolve(ran: Ran): void
  reject(error: unknown): void
}

/** Orders that may wait: beyond it the thread is too slow for what is asked of it. */
const waitingMax = 256

export function scoringThread(): ScoringThread {
  let worker: Worker | undefined
  let serial = 0
  let isClosed = false
  const waiting = new Map<number, Waiting>()
  // Kept to load them again in a thread that takes the place of one that died.
  const models = new Map<number, Uint8Array>()

  const fail = (error: StarlingError): void => {
    worker = undefined
    for (const each of waiting.values()) each.reject(error)
    waiting.clear()
  }

  const start = (): Worker => {
    if (isClosed) throw new StarlingError('unavailable', 'the engine is closing')
    const fresh = startThread(new URL('./scoring-worker.ts', import.meta.url))
    // What waits for an answer holds the process, and nothing else of it does.
    fresh.unref()
    fresh.on('message', (reply: Reply) => {
      const asked = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (waiting.size === 0) fresh.unref()
      if ('outputs' in reply) asked?.resolve(reply)
      else asked?.reject(new StarlingError(reply.code, bareMessage(reply)))
    })
    fresh.on('error', (cause) =>
      fail(new StarlingError('unavailable', 'the scoring thread died', { cause })),
    )
    fresh.on('exit', () => {
      if (worker === fresh) fail(new StarlingError('unavailable', 'the scoring thread ended'))
    })
    for (const [id, model] of models) fresh.postMessage({ kind: 'open', id, model } satisfies Order)
    return fresh
  }

  const send = (order: (id: number) => Order, moved: readonly ArrayBuffer[] = []): Promise<Ran> =>
    new Promise((resolve, reject) => {
      if (waiting.size >= waitingMax) {
        const message = `${waiting.size} runs wait for the scoring thread`
        reject(new StarlingError('resource_exhausted', message))
        return
      }
      worker ??= start()
      const id = ++serial
      waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage(order(id), [...moved])
    })

  return {
    async open(model) {
      let session = 0
      await send((id) => {
        session = id
        return { kind: 'open', id, model }
      })
      models.set(session, model)
      return session
    },
    async run(session, feeds, signal) {
      signal?.throwIfAborted()
      const moved = feeds.flatMap(({ data }) => (ArrayBuffer.isView(data) ? [data.buffer] : []))
      // Shared memory is none that the runtime takes; feeds are made for one run, and given away.
      return send((id) => ({ kind: 'run', id, session, feeds }), moved as ArrayBuffer[])
    },
    async close(session) {
      models.delete(session)
      if (worker !== undefined) await send((id) => ({ kind: 'close', id, session }))
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      const last = worker
      worker = undefined
      await last?.terminate()
      fail(new StarlingError('unavailable', 'the engine is closing'))
    },
  }
}

/** The code stands before the message of an error, and comes to stand there again. */
const bareMessage = ({ code, failure }: Failed): string => failure.replace(`[${code}] `, '')
