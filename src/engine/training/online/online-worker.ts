import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { broken } from '../../../error.ts'
import { systemClock } from '../../../events/clock.ts'
import type { Offset } from '../../../events/log/event-log.ts'
import { openSegmentLog } from '../../../events/log/segment-log.ts'
import { loadIals } from '../../../models/als/ials-model.ts'
import { type OnlineFactors, onlineFactors } from '../../../models/online/online-factors.ts'
import { openRegistry } from '../../../models/registry/disk-registry.ts'
import { loadSnapshot } from '../../keeping/snapshot.ts'
import { boundedLog } from '../jobs/bounded-log.ts'
import { type LikeReader, likeReader, readLikesWith } from '../likes.ts'
import { factorsName } from '../model-names.ts'

export interface OnlineTask {
  readonly log: string
  readonly models: string
  readonly snapshots: string
  /** The version of the factors that are kept up. */
  readonly version: number
}

/** What the factors have come to. */
export interface OnlineAnswer {
  readonly through: Offset
  /** Likes that were taken in since the version was learned. */
  readonly likeCount: number
  readonly itemCount: number
  readonly items: Float32Array
  readonly gram: Float64Array
}

if (parentPort !== null) {
  const port: MessagePort = parentPort
  // From `online-updates.ts`.
  const follower = await openFollower(workerData as OnlineTask)
  port.on('message', async (through: Offset) => {
    const answer = await follower.advance(through)
    port.postMessage(answer, [answer.items.buffer, answer.gram.buffer] as ArrayBuffer[])
  })
}

interface Follower {
  advance(through: Offset): Promise<OnlineAnswer>
}

/** The factors of a version, and whoever takes in what the log says since, in its order. */
async function openFollower(task: OnlineTask): Promise<Follower> {
  const registry = await openRegistry(task.models, systemClock)
  const artifact = await registry.load(factorsName, task.version)
  const model = loadIals(artifact)
  const { header } = artifact
  const number = (entry: string): number => {
    const value = header[entry]
    if (typeof value === 'number') return value
    throw broken(`${factorsName}/${task.version} says no ${entry}`)
  }
  const reader: LikeReader = await likeReader(await loadSnapshot(task.snapshots))
  let at: Offset = number('through')
  await using whole = await openSegmentLog({ folder: task.log, readOnly: true })
  const { users, items, weights } = await readLikesWith(reader, boundedLog(whole, at))
  const online: OnlineFactors = onlineFactors({
    ...{ model, users, items, weights },
    alpha: number('alpha'),
    regularization: number('regularization'),
    frequencyPower: number('frequencyPower'),
  })
  let likeCount = 0
  return {
    async advance(through) {
      await using log = await openSegmentLog({ folder: task.log, readOnly: true })
      for await (const batch of boundedLog(log, through).read(at)) {
        for (const { event } of batch) {
          const like = event && reader.see(event)
          if (like === undefined) continue
          online.learn(like.user, like.item, like.weight)
          likeCount++
        }
      }
      at = through
      const itemCount = reader.ordinals.size
      const { items: vectors, gram } = online.model(itemCount)
      return { through, likeCount, itemCount, items: vectors, gram }
    },
  }
}
