import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StarlingError } from '../error.ts'
import type { Clock } from '../events/clock.ts'
import type { Feed } from '../insight/simulate/feed.ts'
import { createEngine } from './create-engine.ts'
import type { Engine, Tracked } from './engine.ts'
import type { EngineOptions } from './engine-options.ts'

/** An engine as a simulated world sees it: it learns in the quiet hour. */
export function engineFeed(engine: Engine, name = 'starling'): Feed {
  return {
    name,
    putItems: async (items) => accept(await engine.putItems(items)),
    putUsers: async (users) => accept(await engine.putUsers(users)),
    async withdraw(items) {
      for (const item of items) await engine.withdrawItem(item)
    },
    page: (user, scene, channel, size) =>
      engine.recommend({ user, scene, size, ...(channel !== '' && { channel }) }),
    older: (user, scene, channel, cursor) =>
      engine.older({ user, scene, cursor, ...(channel !== '' && { channel }) }),
    track: async (events) => accept(await engine.track(events)),
    async rest() {
      await engine.train('ranker')
    },
  }
}

/** An engine of its own in a folder that is removed in the end. */
export async function freshEngineFeed(
  options: Omit<EngineOptions, 'folder'> & { readonly clock: Clock; readonly name?: string },
): Promise<Feed & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-simulated-'))
  const engine = await createEngine({ lake: false, ...options, folder, retrain: false })
  return {
    ...engineFeed(engine, options.name),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A world says nothing that an engine may refuse. */
function accept({ rejected }: Tracked): void {
  const [first] = rejected
  if (first === undefined) return
  throw new StarlingError('internal', `refused a row of a simulated world: ${first.message}`)
}
