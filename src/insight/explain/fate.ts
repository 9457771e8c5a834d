import type { ItemId, RequestId } from '../../events/event.ts'
import { cutRow, keptRow, type Trace } from '../../feed/pipeline/trace.ts'
import type { Ordinal } from '../../state/projections/projection.ts'

/** What became of an item: where it went, or which stage lost it. */
export interface Fate {
  readonly id: ItemId
  readonly title?: string
  readonly outcome:
    | 'shown'
    | 'shown-earlier'
    | 'waiting'
    | 'outranked'
    | 'dropped'
    | 'not-recalled'
    | 'forgotten'
    | 'unknown'
  /** The stage or filter that decided it. */
  readonly by?: string
  /** In words. */
  readonly reason?: string
  /** The page that showed it, where another one did. */
  readonly page?: PageName
}

/** Where a page of a user stands. */
export interface PageName {
  readonly requestId: RequestId
  readonly scene: string
  readonly channel: string
  readonly batchId: number
}

/** The pages that showed the items of a run which the page in question does not show. */
export interface OtherPages {
  readonly earlier: ReadonlyMap<Ordinal, PageName>
  readonly later: ReadonlyMap<Ordinal, PageName>
}

export const noOtherPages: OtherPages = { earlier: new Map(), later: new Map() }

const filterWords: Readonly<Record<string, string>> = {
  'drop-seen': 'it was shown before, or met in another way',
  'drop-withdrawn': 'it was withdrawn, or outside its time',
  'drop-blocked': 'an operator blocked it',
  'drop-excluded': 'the request left it out',
  'drop-unfit': 'it does not meet the condition of the request',
  'drop-off-channel': 'it is not in the channel',
}

/** What became of one item in one run. */
export function fateOf(
  trace: Trace,
  item: Ordinal,
  id: ItemId,
  { earlier, later }: OtherPages = noOtherPages,
): Fate {
  const row = trace.items.indexOf(item)
  if (row < 0) {
    const reason = `none of ${trace.sources.join(', ')} proposed it`
    return { id, outcome: 'not-recalled', reason }
  }
  const by = trace.droppedBy[row]!
  if (by === cutRow)
    return { id, outcome: 'dropped', by: 'limit', reason: 'more candidates than are ranked' }
  if (by !== keptRow) {
    const filter = trace.filters[by]!
    const reason = filterWords[filter]
    return { id, outcome: 'dropped', by: filter, ...(reason !== undefined && { reason }) }
  }
  const finished = trace.orders.at(-1)!
  const place = finished.indexOf(row)
  if (place < 0) return outranked(trace, row, id)
  const stood = `place ${place + 1} of ${finished.length}`
  const page = earlier.get(item)
  if (page !== undefined) {
    return { id, outcome: 'shown-earlier', reason: `${stood}, shown on ${named(page)}`, page }
  }
  const next = later.get(item)
  if (next === undefined) return { id, outcome: 'waiting', reason: stood }
  return { id, outcome: 'waiting', reason: `${stood}, shown later on ${named(next)}`, page: next }
}

function outranked(trace: Trace, row: number, id: ItemId): Fate {
  const left = trace.orders.findIndex((order) => !order.includes(row))
  const mixer = trace.mixers[left - 1]
  const ranked = trace.orders[0]!.indexOf(row)
  const score = trace.scores[row]!.toFixed(4)
  const reason = `ranked ${ranked + 1} of ${trace.orders[0]!.length}, score ${score}`
  return { id, outcome: 'outranked', by: mixer ?? 'rank', reason }
}

function named({ scene, channel, batchId }: PageName): string {
  return `page ${batchId} of ${channel === '' ? scene : `${scene} ${channel}`}`
}
