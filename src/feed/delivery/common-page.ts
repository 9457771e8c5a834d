import type { Clock, Timestamp } from '../../events/clock.ts'
import type { Slate } from '../pipeline/pipeline.ts'

/** What most people like, made once for all who ask within a moment. */
export interface CommonPage {
  /** For a channel ('' for all of them). `undefined` where it could not be made. */
  of(channel: string): Promise<Slate | undefined>
}

export interface CommonPageOptions {
  readonly clock: Clock
  /** How long one is good. */
  readonly lifeMs: () => number
  readonly make: (channel: string, at: Timestamp) => Promise<Slate | undefined>
}

/** Channels whose page is kept: beyond it the one made first is let go. */
const channelCountMax = 1_000

/**
 * The page for a rush: it costs one run of a recipe a second and channel, however many ask. Who
 * asks while it is being made waits for that one.
 */
export function commonPage({ clock, lifeMs, make }: CommonPageOptions): CommonPage {
  const made = new Map<
    string,
    { readonly at: Timestamp; readonly slate: Promise<Slate | undefined> }
  >()
  return {
    of(channel) {
      const now = clock.now()
      const kept = made.get(channel)
      if (kept !== undefined && now - kept.at < lifeMs()) return kept.slate
      made.delete(channel)
      const slate = make(channel, now)
      made.set(channel, { at: now, slate })
      // One that failed is no page for those who come after.
      slate.then(
        (found) => found ?? made.delete(channel),
        () => made.delete(channel),
      )
      for (const first of made.keys()) {
        if (made.size <= channelCountMax) break
        made.delete(first)
      }
      return slate
    },
  }
}
