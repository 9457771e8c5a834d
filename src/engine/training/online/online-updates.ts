import type { EventLog, Offset } from '../../../events/log/event-log.ts'
import { type ThreadLine, threadLine } from '../../../kernel/threads/thread-line.ts'
import { type IalsModel, ialsModel } from '../../../models/als/ials-model.ts'
import type { Home } from '../../home.ts'
import { factorsName } from '../model-names.ts'
import type { ModelsInForce } from '../models-in-force.ts'
import type { OnlineAnswer, OnlineTask } from './online-worker.ts'

/**
 * Keeps the factors up with the log, between two trainings: each like is taken in, in the order of
 * the log, in a thread of its own, and what it has come to is put in force in one step. What the
 * factors are follows from their version and the place of the log alone.
 */
export interface OnlineUpdates extends AsyncDisposable {
  /** Takes in all that is in the log now; resolves when it is in force. */
  update(): Promise<void>
  /** Somebody was erased: what was taken in is forgotten, and read again. */
  forget(): Promise<void>
  /** How far the factors in force have read, where they are kept up. */
  readonly through: Offset | undefined
}

export interface OnlineUpdatesOptions {
  readonly home: Home
  readonly log: Pick<EventLog, 'head'>
  readonly models: ModelsInForce
}

interface Follower {
  readonly version: number
  readonly line: ThreadLine<Offset, OnlineAnswer>
}

export function onlineUpdates({ home, log, models }: OnlineUpdatesOptions): OnlineUpdates {
  let follower: Follower | undefined
  let through: Offset | undefined
  let closed = false
  let last: Promise<void> = Promise.resolve()

  const update = async (): Promise<void> => {
    const version = models.versionOf(factorsName)
    if (closed || version === undefined) return
    const task: OnlineTask = {
      ...{ log: home.log, models: home.models, snapshots: home.folder, version },
    }
    if (follower?.version !== version) {
      await follower?.line[Symbol.asyncDispose]()
      const module = new URL('./online-worker.ts', import.meta.url)
      follower = { version, line: threadLine(module, task) }
      through = undefined
    }
    const head = log.head
    if (head === through) return
    const current = follower
    try {
      const answer = await current.line.ask(head)
      // A training may have put others in force meanwhile.
      if (models.versionOf(factorsName) !== version) return
      const base = models.factors() as IalsModel // Of the version that was read.
      const { dims, penalty, lists, alike } = base
      const kept = { ...(lists && { lists }), ...(alike && { alike }) }
      const { items, gram } = answer
      // Items move little between two trainings, and those that came since go where they fit.
      models.keepUp(ialsModel({ ...penalty, dims, items, gram, ...kept }))
      through = answer.through
    } catch (error) {
      await current.line[Symbol.asyncDispose]()
      if (follower === current) follower = undefined
      if (!closed) throw error
    }
  }

  return {
    update() {
      last = last.then(update, update)
      return last
    },
    async forget() {
      await follower?.line[Symbol.asyncDispose]()
      follower = undefined
      through = undefined
    },
    get through() {
      return through
    },
    async [Symbol.asyncDispose]() {
      closed = true
      await follower?.line[Symbol.asyncDispose]()
      await last.catch(() => undefined)
    },
  }
}
