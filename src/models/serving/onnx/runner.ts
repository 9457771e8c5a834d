import { runCost } from './run-cost.ts'
import { onnxRuntime, openSession, refused, type Session } from './runtime.ts'
import type { ScoringThread } from './scoring-thread.ts'
import { type Feeds, floats, type Output } from './tensors.ts'

/** A model at work. */
export interface Runner {
  readonly inputs: Session['inputMetadata']
  readonly outputs: Session['outputMetadata']
  run(feeds: Feeds, rowCount: number, signal?: AbortSignal): Promise<readonly Output[]>
  close(): Promise<void>
}

/**
 * Short runs happen at once, where they cost no more than a message would; those that are expected
 * to take longer than two milliseconds go to a thread of their own, which loads the model then.
 * What a row costs is measured as it goes.
 */
export async function openRunner(model: Uint8Array, thread: ScoringThread): Promise<Runner> {
  const session = await openSession(model)
  const { Tensor } = await onnxRuntime()
  const names = session.outputNames
  // Whoever opens one has it score some rows at once, so what a row costs is known.
  const { learn, isLong } = runCost(Number.POSITIVE_INFINITY)
  let away: Promise<number> | undefined

  const here = async (feeds: Feeds, rowCount: number): Promise<readonly Output[]> => {
    const tensors = feeds.map(
      ({ name, type, data, dims }) => [name, new Tensor(type, data, dims)] as const,
    )
    const startedMs = performance.now()
    const found = await session.run(Object.fromEntries(tensors)).catch(refused)
    learn(performance.now() - startedMs, rowCount)
    return names.map((name) => ({ name, data: floats(found[name]!.data) }))
  }

  const elsewhere = async (
    feeds: Feeds,
    rowCount: number,
    signal?: AbortSignal,
  ): Promise<readonly Output[]> => {
    away ??= thread.open(model)
    const { outputs, elapsedMs } = await thread.run(await away, feeds, signal)
    learn(elapsedMs, rowCount)
    return outputs
  }

  return {
    inputs: session.inputMetadata,
    outputs: session.outputMetadata,
    run: (feeds, rowCount, signal) =>
      isLong(rowCount) ? elsewhere(feeds, rowCount, signal) : here(feeds, rowCount),
    async close() {
      await session.release()
      if (away !== undefined) await thread.close(await away)
    },
  }
}
