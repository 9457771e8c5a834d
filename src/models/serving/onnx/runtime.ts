import type * as Ort from 'onnxruntime-node'
import { invalid, StarlingError } from '../../../error.ts'

export type Runtime = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>
type Whole = Runtime & Pick<typeof Ort, 'env'>

export type Session = Ort.InferenceSession

/**
 * ONNX Runtime, loaded when the first model asks for it: its library is large, and an engine that
 * serves no such model never needs it. Rejects with `failed_precondition` where there is no binary
 * for this platform.
 */
export function onnxRuntime(): Promise<Runtime> {
  return (loading ??= import('onnxruntime-node').then(
    // A CommonJS module: its parts lie on it or on its default, as the loader in use sees them.
    (module) => {
      const runtime = 'InferenceSession' in module ? module : (module as { default: Whole }).default
      // What it refuses it throws as well; it is not to write to the terminal besides.
      runtime.env.logLevel = 'fatal'
      return runtime
    },
    (cause: unknown) => {
      throw new StarlingError('failed_precondition', unavailable(cause), { cause })
    },
  ))
}

let loading: Promise<Runtime> | undefined

function unavailable(cause: unknown): string {
  const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
  return (
    `ONNX models cannot be run here: onnxruntime-node has no library for ${process.platform} ` +
    `${process.arch} (${why}). It has them for Linux (glibc) and Windows on x64 and arm64, and ` +
    'for macOS on arm64; elsewhere serve the model from another machine, as a remote one'
  )
}

/**
 * One thread, which does not spin: what answers requests shares its cores with all else. Rejects
 * with `failed_precondition` and the words of the runtime for what it does not run.
 */
export async function openSession(model: Uint8Array): Promise<Session> {
  const { InferenceSession } = await onnxRuntime()
  try {
    return await InferenceSession.create(model, {
      executionMode: 'sequential',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]
    throw new StarlingError('failed_precondition', `ONNX Runtime refuses the model: ${why}`, {
      cause,
    })
  }
}

/** What a graph cannot compute, it cannot compute of these rows: an id too large, a wrong shape. */
export function refused(cause: unknown): never {
  const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]
  throw invalid('the model', `cannot compute these rows: ${why}`)
}
