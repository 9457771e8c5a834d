import type { BatchStamp } from '../../engine/engine.ts'
import { invalid } from '../../error.ts'

/** A page and the time stamp that names it. No two pages of a feed share one. */
export interface StampedBatch {
  readonly batchId: number
  readonly stamp: number
}

/** What a time stamp asks for. */
export type Turn =
  | { readonly kind: 'refresh' }
  /** The page of `batchId`; `before` names the page before it, and is 0 where there is none. */
  | { readonly kind: 'history'; readonly batchId: number; readonly before: number }
  /** Older than everything that was shown. */
  | { readonly kind: 'end' }

// As milliseconds, 1973; as seconds, the year 5138.
const firstMs = 1e11

/** A time stamp in ms. Seconds, which some clients send, are recognised by their size. */
export function stampMs(raw: string | number): number {
  const stamp = Number(raw)
  if (!(stamp >= 0)) throw invalid('time_stamp', `${raw} must be >= 0: milliseconds since 1970`)
  return stamp < firstMs ? stamp * 1000 : stamp
}

/**
 * The stamps of the pages shown, newest first, as the pages come. Two pages of one millisecond, or
 * of a clock that was set back, would hide one another: the newer is stamped 1 ms after the older.
 * Counted from the oldest, so that a new page changes no stamp that a client holds.
 */
export function stamped(newestFirst: readonly BatchStamp[]): readonly StampedBatch[] {
  const batches: StampedBatch[] = []
  let last = 0
  for (let place = newestFirst.length - 1; place >= 0; place--) {
    const { batchId, at } = newestFirst[place]!
    last = Math.max(Math.trunc(at), last + 1)
    batches.push({ batchId, stamp: last })
  }
  return batches.reverse()
}

/** Total over all time stamps and histories: later than the newest page is a refresh. */
export function turnOf(newestFirst: readonly StampedBatch[], asked: number): Turn {
  const [newest] = newestFirst
  if (newest === undefined || asked > newest.stamp) return { kind: 'refresh' }
  const place = newestFirst.findIndex(({ stamp }) => stamp <= asked)
  const batch = newestFirst[place]
  if (batch === undefined) return { kind: 'end' }
  const before = newestFirst[place + 1]?.stamp ?? 0
  return { kind: 'history', batchId: batch.batchId, before }
}

/** The stamp of the newest page before a page; 0 where there is none. */
export function stampBefore(newestFirst: readonly StampedBatch[], batchId: number): number {
  return newestFirst.find((batch) => batch.batchId < batchId)?.stamp ?? 0
}
