import type { BatchStamp } from '../../engine/engine.ts'
import { invalid } from '../../error.ts'

/** The pages of one feed, newest first, at most `limit` and none newer than `notAfter`. */
export type PagesShown = (asked: {
  readonly limit: number
  readonly notAfter?: number
}) => Promise<readonly BatchStamp[]>

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
 * Total over all time stamps and histories: later than the newest page is a refresh, all else the
 * newest page that is not later. A page is named by its time, which no other page of the feed has.
 */
export async function turnOf(asked: number, pages: PagesShown): Promise<Turn> {
  const [newest] = await pages({ limit: 1 })
  if (newest === undefined || asked > newest.at) return { kind: 'refresh' }
  const [page, before] = await pages({ limit: 2, notAfter: asked })
  if (page === undefined) return { kind: 'end' }
  return { kind: 'history', batchId: page.batchId, before: before?.at ?? 0 }
}

/**
 * The stamp of the newest page before one that was just shown; 0 where there is none. Looked up
 * afterwards: another device may have been shown a page in the meantime.
 */
export async function stampBefore(
  shown: { readonly batchId: number; readonly servedAt: number },
  pages: PagesShown,
): Promise<number> {
  const upTo = await pages({ limit: 2, notAfter: shown.servedAt })
  return upTo.find(({ batchId }) => batchId < shown.batchId)?.at ?? 0
}
