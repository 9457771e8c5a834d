import { parentPort } from 'node:worker_threads'
import { type ErrorCode, StarlingError } from '../../../error.ts'
import { onnxRuntime, openSession, refused, type Session } from './runtime.ts'
import { type Feeds, floats, type Output } from './tensors.ts'

/** What the thread is asked, one at a time. */
export type Order =
  | { readonly kind: 'open'; readonly id: number; readonly model: Uint8Array }
  | {
      readonly kind: 'run'
      readonly id: number
      readonly session: number
      readonly feeds: Feeds
    }
  | { readonly kind: 'close'; readonly id: number; readonly session: number }

export interface Failed {
  readonly id: number
  readonly code: ErrorCode
  readonly failure: string
}

export type Reply =
  | Failed
  | { readonly id: number; readonly outputs: readonly Output[]; readonly elapsedMs: number }

const sessions = new Map<number, Session>()
const port = parentPort

port?.on('message', (order: Order) => {
  answer(order).then(
    ({ outputs, elapsedMs }) => {
      const buffers = outputs.map(({ data }) => data.buffer as ArrayBuffer)
      port.postMessage({ id: order.id, outputs, elapsedMs } satisfies Reply, [...new Set(buffers)])
    },
    (error: unknown) => {
      const failure = error instanceof Error ? error.message : String(error)
      const code = error instanceof StarlingError ? error.code : 'internal'
      port.postMessage({ id: order.id, code, failure } satisfies Reply)
    },
  )
})

async function answer(order: Order): Promise<{ outputs: readonly Output[]; elapsedMs: number }> {
  const startedMs = performance.now()
  const done = (outputs: readonly Output[]) => ({
    outputs,
    elapsedMs: performance.now() - startedMs,
  })
  switch (order.kind) {
    case 'open':
      // Copied out of memory that threads share, which the runtime does not take.
      sessions.set(order.id, await openSession(order.model.slice()))
      return done([])
    case 'close':
      await sessions.get(order.session)?.release()
      sessions.delete(order.session)
      return done([])
    case 'run':
      return done(await run(order.session, order.feeds))
  }
}

async function run(number: number, feeds: Feeds): Promise<readonly Output[]> {
  const session = sessions.get(number)
  if (session === undefined) throw new Error('the model was closed')
  const { Tensor } = await onnxRuntime()
  const tensors = feeds.map(
    ({ name, type, data, dims }) => [name, new Tensor(type, data, dims)] as const,
  )
  const found = await session.run(Object.fromEntries(tensors)).catch(refused)
  // Copied: the memory of an output is the runtime's, and cannot go over to another thread.
  return session.outputNames.map((name) => ({ name, data: floats(found[name]!.data).slice() }))
}
