import { parentPort } from 'node:worker_threads'
import { type ErrorCode, StarlingError } from '../../../error.ts'
import type { RawColumn } from '../../../models/serving/raw-value.ts'
import type { Signature } from '../../../models/serving/servable.ts'
import type { Format } from '../read-request.ts'
import type { Scored } from '../write-answer.ts'
import { type Method, packed, workHere } from './wire-work.ts'

/** What the thread is asked, one at a time. */
export type Order =
  | {
      readonly kind: 'read'
      readonly id: number
      readonly body: Uint8Array
      readonly method: Method
      readonly signature: Signature
    }
  | {
      readonly kind: 'write'
      readonly id: number
      readonly method: Method
      readonly format: Format
      readonly scored: Scored
    }

export type Answer =
  | {
      readonly kind: 'read'
      readonly format: Format
      readonly rowCount: number
      readonly columns: readonly (readonly [name: string, values: RawColumn])[]
    }
  | { readonly kind: 'written'; readonly text: Uint8Array }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }

export type Reply = Answer & { readonly id: number }

const port = parentPort

port?.on('message', (order: Order) => {
  const { answer, moved } = answerTo(order)
  port.postMessage({ ...answer, id: order.id } satisfies Reply, [...moved])
})

interface Answered {
  readonly answer: Answer
  readonly moved: readonly ArrayBuffer[]
}

function answerTo(order: Order): Answered {
  try {
    return order.kind === 'read' ? read(order) : written(order)
  } catch (error) {
    const code = error instanceof StarlingError ? error.code : 'internal'
    const message = error instanceof Error ? error.message : String(error)
    return { answer: { kind: 'failed', code, message }, moved: [] }
  }
}

function read({ body, method, signature }: Extract<Order, { kind: 'read' }>): Answered {
  const { format, asked } = workHere.read(body, method, signature)
  const { rowCount } = asked
  const columns = Array.from(asked.columns, ([name, values]) => [name, packed(values)] as const)
  const moved = columns.flatMap(([, values]) => (ArrayBuffer.isView(values) ? [values.buffer] : []))
  return {
    answer: { kind: 'read', format, rowCount, columns },
    moved: moved as ArrayBuffer[], // Made here, and of no shared memory.
  }
}

function written({ method, format, scored }: Extract<Order, { kind: 'write' }>): Answered {
  // Small texts lie in memory that others share with them: what is moved must be its own.
  const text = new Uint8Array(workHere.write(method, format, scored))
  return { answer: { kind: 'written', text }, moved: [text.buffer] }
}
