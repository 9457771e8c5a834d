import { type ManualClock, manualClock } from '../../events/clock.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { Feed } from './feed.ts'
import { type Played, play } from './play/play.ts'
import { type Report, reportOf } from './report/report.ts'
import { createWorld, type World, type WorldOptions } from './world/world.ts'

/** Where a feed comes to serve: a world of its own, just made, and the clock that it goes by. */
export interface Stage {
  readonly world: World
  readonly clock: ManualClock
  readonly random: Random
}

/** Makes a feed that serves the world of the stage. What is disposable is closed in the end. */
export type FeedMaker = (stage: Stage) => Promise<Feed & Partial<AsyncDisposable>>

export interface SimulateOptions extends WorldOptions {
  /** One after the other, each over the same world. */
  readonly feeds: readonly FeedMaker[]
  readonly signal?: AbortSignal
  /** Told of the feed under way, and how much of its time has passed. */
  readonly onProgress?: (feed: string, share: number) => void
}

/**
 * Lets each feed serve the same world, and tells how they did: whether they learn, what it takes
 * from the variety of what is shown, and whether they kept their promises.
 */
export async function simulate(options: SimulateOptions): Promise<Report> {
  const { feeds, signal, onProgress } = options
  const played: Played[] = []
  for (const makeFeed of feeds) {
    const world = createWorld(options)
    const clock = manualClock(world.startsAt)
    const random = seededRandom(options.seed)
    const feed = await makeFeed({ world, clock, random: random.fork('feed') })
    try {
      const progress = (share: number) => onProgress?.(feed.name, share)
      played.push(
        await play({ world, feed, clock, onProgress: progress, ...(signal && { signal }) }),
      )
    } finally {
      await feed[Symbol.asyncDispose]?.()
    }
  }
  return reportOf(options, played, seededRandom(options.seed).fork('bootstrap'))
}
