import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { openConsumer } from '../../events/streams/consumer.ts'
import { openDuckLake } from '../../lake/duck-lake.ts'
import type { Lake } from '../../lake/lake.ts'
import { type Held, held } from '../held.ts'
import { openHome } from '../home.ts'

export interface LakeAtRestOptions {
  readonly folder: string
  readonly clock: Clock
  readonly onProgress: (step: string, share: number) => void
}

/**
 * The lake of a state folder that no engine holds, with all that the log knows. Rejects with
 * `not_found` where no engine ever lived there, `failed_precondition` where one does now.
 */
export async function openLakeAtRest(
  options: LakeAtRestOptions,
): Promise<AsyncDisposable & { readonly lake: Lake }> {
  const { clock, onProgress } = options
  const folder = resolve(options.folder)
  if ((await stat(`${folder}/log`).catch(() => undefined)) === undefined) {
    throw new StarlingError('not_found', `${folder} is no state folder: it has no log`)
  }
  const home = await openHome(folder)
  const resources: Held = held()
  try {
    const log = resources.add(await openSegmentLog({ folder: home.log }))
    let failure: unknown
    const onTrouble = (error: unknown): void => {
      failure = error
    }
    const lake = resources.add(await openDuckLake({ folder: home.lake, clock, log, onTrouble }))
    const group = { group: 'lake', description: 'For one question.', onTrouble }
    const consumer = resources.add(openConsumer({ log, sink: lake.sink, clock, ...group }))
    const first = consumer.status().position
    while (consumer.status().position < log.head) {
      if (failure !== undefined) throw failure
      const { position } = consumer.status()
      onProgress('lake from the log', (position - first) / (log.head - first))
      await Promise.race([consumer.caughtUp(), new Promise((next) => setTimeout(next, 200))])
    }
    // For whoever asks next: an engine leaves it to whoever opens the lake after it.
    await lake.flush()
    return { lake, [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose]() }
  } catch (error) {
    await resources[Symbol.asyncDispose]()
    throw error
  }
}
