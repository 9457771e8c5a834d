import { type Bound, openSession } from '../../graph/onnx/session.ts'

/** A network at work, wherever that is. */
export interface Network {
  /** Rows that it is given at a time, at most: so memory does not grow with what is asked. */
  readonly rowsAtOnce: number

  /**
   * Reads the inputs, which are given away, and writes the outputs. Where the signal was aborted
   * before it began it need not.
   */
  run(asked: NetworkRun): Promise<void>
}

export interface NetworkRun {
  readonly inputs: ReadonlyMap<string, Bound>
  readonly outputs: ReadonlyMap<string, Bound>
  readonly rowCount: number
  readonly signal: AbortSignal | undefined
}

/** Has a file of ONNX ready to run. */
export type OpenNetwork = (file: Uint8Array) => Promise<Network>

/** In the thread that asks, which waits meanwhile: for trainings, and whoever has nothing else. */
export const openHere: OpenNetwork = async (file) => {
  const session = await openSession(file)
  return {
    rowsAtOnce: 4_096,
    async run({ inputs, outputs, signal }) {
      signal?.throwIfAborted()
      await session.bind(inputs, outputs)()
    },
  }
}
