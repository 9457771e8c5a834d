import type { Network, NetworkRun, OpenNetwork } from '../../deep/serving/network.ts'
import { openSession } from '../../graph/onnx/session.ts'
import { runCost } from './run-cost.ts'
import type { ScoringThread } from './scoring-thread.ts'
import type { Feed } from './tensors.ts'

/** Networks of a model that was trained here, at work beside the thread that answers requests. */
export interface Networks {
  readonly open: OpenNetwork
  /** Lets go of all that were opened. Nothing may be asked afterwards. */
  close(): Promise<void>
}

/** Larger files are loaded in scoring threads alone: loading them would keep requests waiting. */
const hereBytesMax = 1_000_000

/** Rows that a model nobody asked yet may be given here. */
const unknownRowsMax = 16

/**
 * In pieces, so that a call of many thousand rows lets a feed come between: some 20 ms each of the
 * slowest networks here.
 */
const rowsAtOnce = 1_024

/**
 * Runs that are expected to take more than two milliseconds go to the scoring threads; a short one
 * costs less than a message would, and happens at once. The same numbers come of either.
 */
export function networksOver(thread: ScoringThread): Networks {
  const opened: OpenedNetwork[] = []
  return {
    open: async (file) => {
      const network = openOne(file, thread)
      opened.push(network)
      return network
    },
    async close() {
      await Promise.all(opened.splice(0).map((network) => network.close()))
    },
  }
}

interface OpenedNetwork extends Network {
  close(): Promise<void>
}

function openOne(file: Uint8Array, thread: ScoringThread): OpenedNetwork {
  const cost = runCost(unknownRowsMax)
  let here: ReturnType<typeof openSession> | undefined
  let away: Promise<number> | undefined

  const runHere = async ({ inputs, outputs, rowCount }: NetworkRun): Promise<void> => {
    here ??= openSession(file)
    const run = (await here).bind(inputs, outputs)
    const startedMs = performance.now()
    await run()
    cost.learn(performance.now() - startedMs, rowCount)
  }

  const runAway = async ({ inputs, outputs, rowCount, signal }: NetworkRun): Promise<void> => {
    away ??= thread.open(file)
    const feeds = Array.from(inputs, ([name, { data, shape }]): Feed => {
      return { name, type: data instanceof Float32Array ? 'float32' : 'int64', data, dims: shape }
    })
    const ran = await thread.run(await away, feeds, signal)
    cost.learn(ran.elapsedMs, rowCount)
    for (const [name, { data }] of outputs) {
      const found = ran.outputs.find((output) => output.name === name)!
      ;(data as Float32Array).set(found.data) // Heads are floats.
    }
  }

  return {
    rowsAtOnce,
    async run(asked) {
      asked.signal?.throwIfAborted()
      const isAway = file.length > hereBytesMax || cost.isLong(asked.rowCount)
      await (isAway ? runAway : runHere)(asked)
    },
    async close() {
      const [session, number] = await Promise.all([
        here?.catch(() => undefined),
        away?.catch(() => undefined),
      ])
      await session?.[Symbol.asyncDispose]()
      if (number !== undefined) await thread.close(number)
    },
  }
}
