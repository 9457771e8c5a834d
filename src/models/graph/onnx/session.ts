import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { StarlingError } from '../../../error.ts'
import type { Shape } from '../tensor.ts'

/** Numbers and their shape. They must not lie in memory that threads share: it is refused. */
export interface Bound {
  readonly data: Float32Array | BigInt64Array
  readonly shape: Shape
}

/** A file of ONNX, ready to run on one thread. */
export interface Session extends AsyncDisposable {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]

  /**
   * Gives a function that runs on these arrays, again and again: it reads what lies in the inputs
   * and writes into the outputs. The run itself blocks the thread; what takes over some 2 ms
   * belongs in a worker.
   */
  bind(inputs: ReadonlyMap<string, Bound>, outputs: ReadonlyMap<string, Bound>): () => Promise<void>
}

/**
 * Opens a session of ONNX Runtime, which is loaded here and nowhere sooner. Threads of its own
 * would spin for cores that others need, and one sums in the same order each time: the same numbers
 * give the same bits.
 *
 * Throws `unavailable` where the library can't be loaded, `invalid_argument` for a file that it
 * doesn't take.
 */
export async function openSession(file: Uint8Array): Promise<Session> {
  const { InferenceSession, Tensor } = await runtime()
  const session = await InferenceSession.create(file, options).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StarlingError('invalid_argument', `the ONNX file is not taken: ${why}`, { cause })
  })
  const tensorOf = ({ data, shape }: Bound): OrtTensor =>
    data instanceof Float32Array
      ? new Tensor('float32', data, shape)
      : new Tensor('int64', data, shape)
  const tensors = (bound: ReadonlyMap<string, Bound>) =>
    Object.fromEntries([...bound].map(([name, value]) => [name, tensorOf(value)]))
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    bind(inputs, outputs) {
      const [feeds, fetches] = [tensors(inputs), tensors(outputs)]
      return async () => {
        await session.run(feeds, fetches)
      }
    },
    [Symbol.asyncDispose]: () => session.release(),
  }
}

const options: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
}

async function runtime(): Promise<typeof import('onnxruntime-node')> {
  return import('onnxruntime-node').catch((cause: unknown) => {
    const message = 'deep models need onnxruntime-node, which is not installed for this platform'
    throw new StarlingError('unavailable', message, { cause })
  })
}
