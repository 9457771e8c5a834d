import type { RawColumn } from '../../../models/serving/raw-value.ts'
import type { Asked, Signature } from '../../../models/serving/servable.ts'
import { type Format, readRequest } from '../read-request.ts'
import { classifyAnswer, predictAnswer, regressAnswer, type Scored } from '../write-answer.ts'

export type Method = 'predict' | 'classify' | 'regress'

/** What is turned from text into rows, and from scores into text: here, or in a thread. */
export interface WireWork {
  /** Throws, or rejects, with `invalid_argument` in the words of TensorFlow Serving. */
  read(body: Uint8Array, method: Method, signature: Signature): Read | Promise<Read>
  write(method: Method, format: Format, scored: Scored): Uint8Array | Promise<Uint8Array>
}

export interface Read {
  readonly format: Format
  readonly asked: Asked
}

export const workHere = {
  read(body: Uint8Array, method: Method, signature: Signature): Read {
    const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')
    const { format, rows } = readRequest(text, method)
    return { format, asked: rows(signature) }
  },
  write(method: Method, format: Format, scored: Scored): Uint8Array {
    return Buffer.from(answerOf(method, format, scored))
  },
} satisfies WireWork

function answerOf(method: Method, format: Format, scored: Scored): string {
  if (method === 'predict') return predictAnswer(format, scored)
  return method === 'regress' ? regressAnswer(scored) : classifyAnswer(scored)
}

/** Numbers side by side go over to another thread without a copy of each; texts do not. */
export function packed(column: RawColumn): RawColumn {
  if (ArrayBuffer.isView(column)) return column
  return column.every((value) => typeof value === 'number') ? Float64Array.from(column) : column
}
