import type { Timestamp } from '../../events/clock.ts'
import type { FeedKey } from '../queue/feed-queue.ts'

/** When each algorithm may run again for each feed. */
export interface Periods {
  /** How long it has to wait; where it may run now, that is noted, and the answer is 0. */
  leftMs(
    key: FeedKey,
    writer: { readonly name: string; readonly minIntervalMs: number },
    now: Timestamp,
  ): number
}

/** Runs remembered: beyond it the oldest is forgotten, and may come again a little early. */
const rememberedMax = 50_000

export function periods(): Periods {
  const ranAt = new Map<string, Timestamp>()
  return {
    leftMs({ user, scene, channel }, { name, minIntervalMs }, now) {
      if (minIntervalMs <= 0) return 0
      const id = JSON.stringify([user, scene, channel, name])
      const at = ranAt.get(id)
      if (at !== undefined && now - at < minIntervalMs) return at + minIntervalMs - now
      // Put anew, so that the map stays in the order of the runs.
      ranAt.delete(id)
      ranAt.set(id, now)
      for (const oldest of ranAt.keys()) {
        if (ranAt.size <= rememberedMax) break
        ranAt.delete(oldest)
      }
      return 0
    },
  }
}
