import type { Worker } from 'node:worker_threads'
import { StarlingError } from '../../../error.ts'
import { startThread } from '../../../kernel/threads/start-thread.ts'
import { type WireWork, workHere } from './wire-work.ts'
import type { Answer, Order, Reply } from './wire-worker.ts'

/** Bodies, and answers of so many numbers, that are worth a thread: a millisecond of work or so. */
const bodyBytesMin = 32_000
const numbersMin = 1_000

/** Orders that may wait, each of one body at most. */
const waitingMax = 16

interface Waiting {
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Reads large bodies and writes large answers in a thread of its own, begun with the first of them:
 * a body of megabytes takes hundreds of milliseconds, in which no other request would be answered.
 * Small ones cost less than a message, and are read and written at once.
 */
export function wireThread(): WireWork & AsyncDisposable {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let serial = 0

  const fail = (cause?: unknown): void => {
    worker = undefined
    const message = 'the thread that reads and writes bodies ended'
    for (const { reject } of waiting.values())
      reject(new StarlingError('unavailable', message, { cause }))
    waiting.clear()
  }

  const start = (): Worker => {
    const fresh = startThread(new URL('./wire-worker.ts', import.meta.url))
    // What waits for an answer holds the process, and nothing else of it does.
    fresh.unref()
    fresh.on('message', ({ id, ...answer }: Reply) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) fresh.unref()
      asked?.resolve(answer)
    })
    fresh.on('error', fail)
    fresh.on('exit', () => {
      if (worker === fresh) fail()
    })
    return fresh
  }

  const ask = async (
    order: (id: number) => Order,
    moved: readonly ArrayBuffer[],
  ): Promise<Exclude<Answer, { kind: 'failed' }>> => {
    if (waiting.size >= waitingMax) {
      const message = `${waiting.size} large bodies wait to be read or written`
      throw new StarlingError('resource_exhausted', message)
    }
    worker ??= start()
    worker.ref()
    const id = ++serial
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker!.postMessage(order(id), [...moved])
    })
    if (answer.kind !== 'failed') return answer
    // The code stands before the message of an error, and comes to stand there again.
    const bare = answer.message.replace(`[${answer.code}] `, '')
    throw new StarlingError(answer.code, bare)
  }

  return {
    async read(body, method, signature) {
      if (body.length < bodyBytesMin) return workHere.read(body, method, signature)
      // Its own memory: what was received may lie beside what others sent.
      const own = new Uint8Array(body)
      const order = (id: number): Order => ({ kind: 'read', id, body: own, method, signature })
      const answer = await ask(order, [own.buffer])
      if (answer.kind !== 'read') throw new StarlingError('internal', 'a body was not read')
      const { format, rowCount, columns } = answer
      return { format, asked: { rowCount, columns: new Map(columns) } }
    },

    async write(method, format, scored) {
      if (scored.rowCount * scored.outputs.length < numbersMin)
        return workHere.write(method, format, scored)
      // Copied, not moved: the scores are told to the log of calls as well.
      const answer = await ask((id) => ({ kind: 'write', id, method, format, scored }), [])
      if (answer.kind !== 'written') throw new StarlingError('internal', 'nothing was written')
      return answer.text
    },

    async [Symbol.asyncDispose]() {
      const last = worker
      worker = undefined
      await last?.terminate()
      fail()
    },
  }
}
